package io.urubu.submit;

import static org.assertj.core.api.Assertions.assertThat;

import io.urubu.classad.ClassAd;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("unit")
final class SubmitDescriptionTest {
  @TempDir Path folder;

  @BeforeEach
  void makeProgram() throws Exception {
    Files.writeString(folder.resolve("run.sh"), "#!/bin/sh\n");
  }

  private Submission plan(String... lines) throws SubmitException {
    return SubmitDescription.parse("job.sub", String.join("\n", lines))
        .plan(
            new SubmitContext(
                folder, Map.of("WHO", "me"), "example.org", Duration.ofMinutes(40), 1000));
  }

  private List<String> problemsOf(String... lines) {
    try {
      FileChecks.ofAll(plan(lines));
      return List.of();
    } catch (SubmitException e) {
      return e.problems().stream().map(each -> each.replace(folder.toString(), "DIR")).toList();
    }
  }

  /** The ad of one job as the schedd makes it from the request. */
  private static ClassAd made(SubmitRequest request, long cluster, long process) throws Exception {
    ClassAd wire = ClassAd.parse(request.toAd("id").toString());
    ClassAd.Builder ad = wire.ad("ClusterAd").orElseThrow().toBuilder();
    ClassAd template = wire.ad("ProcTemplate").orElseThrow();
    for (String name : template.names()) {
      ad.putExpression(
          name,
          template
              .string(name)
              .orElseThrow()
              .replace("$(Cluster)", Long.toString(cluster))
              .replace("$(Process)", Long.toString(process)));
    }
    return ad.build();
  }

  @Test
  void whatVariesWithTheNumbersTravelsAsTemplate() throws Exception {
    Submission submission =
        plan(
            "executable = run.sh",
            "who = $ENV(WHO)-$(Process)",
            "arguments = \"$(who) 'a \"\"b\"\"'\"",
            "output = out.$(Cluster).$(ProcId)",
            "+Twice = 2 * $(Process)",
            "queue 3");

    SubmitRequest request = submission.requests().getFirst();
    ClassAd wire = request.toAd("the-id");
    assertThat(wire.string("Command")).contains("Submit");
    assertThat(wire.string("RequestId")).contains("the-id");
    assertThat(wire.integer("Count")).hasValue(3);
    assertThat(wire.ad("ProcTemplate").orElseThrow().names())
        .containsExactlyInAnyOrder("Arguments", "Out", "Twice");
    ClassAd second = made(request, 41, 2);
    assertThat(second.string("Arguments")).contains("me-2 a' '\"b\"");
    assertThat(second.string("Out")).contains("out.41.2");
    assertThat(second.integer("Twice")).hasValue(4);
    assertThat(submission.warnings()).isEmpty();
  }

  @Test
  void severalQueueStatementsShareAClusterUntilTheExecutableChanges() throws Exception {
    Submission submission =
        plan(
            "executable = run.sh",
            "arguments = a$(Process)",
            "queue 2",
            "arguments = b",
            "+Late = 1",
            "queue",
            "executable = other.sh",
            "queue 2");

    assertThat(submission.requests()).extracting(SubmitRequest::count).containsExactly(3L, 2L);
    SubmitRequest first = submission.requests().getFirst();
    assertThat(made(first, 1, 1).string("Args")).contains("a1");
    assertThat(made(first, 1, 2).string("Args")).contains("b");
    assertThat(made(first, 1, 1).integer("Late")).isEmpty();
    assertThat(made(first, 1, 2).integer("Late")).hasValue(1);
    assertThat(made(submission.requests().getLast(), 2, 0).string("Cmd"))
        .contains(folder.resolve("other.sh").toString());
  }

  @Test
  void aFunctionOfTheNumberIsWorkedOutForEachJob() throws Exception {
    String[] lines = {
      "executable = run.sh", "arguments = $CHOICE(Process,x,y,z)", "request_memory = $(Process)GB"
    };

    SubmitRequest request = plan(lines[0], lines[1], lines[2], "queue 3").requests().getFirst();

    assertThat(made(request, 1, 1).string("Args")).contains("y");
    assertThat(made(request, 1, 2).integer("RequestMemory")).hasValue(2048);
    assertThat(problemsOf(lines[0], lines[2], "queue 200").getFirst())
        .contains("needs a submission of at most 100 jobs");
  }

  @Test
  void everyProblemNamesItsLineAndTheMend() {
    assertThat(problemsOf("executable = run.sh", "arguments", "if x", "queue"))
        .containsExactly(
            "job.sub:2: arguments: name = value or queue is expected",
            "job.sub:3: if x: 'if' is not part of this version's language");
    assertThat(
            problemsOf(
                "universe = java",
                "arguments = \"'x\"",
                "environment = \"A\"",
                "should_transfer_files = maybe",
                "transfer_executable = perhaps",
                "priority = high",
                "a = $(b)",
                "b = $(a)",
                "output = $(a)",
                "executable = run.sh",
                "queue"))
        .containsExactly(
            "job.sub:1: universe = java: this version runs vanilla jobs only; write universe ="
                + " vanilla",
            "job.sub:5: transfer_executable = perhaps: true or false is allowed",
            "job.sub:2: arguments = \"'x\": the single quote before x is never closed; close it, or"
                + " write '' for a quote itself",
            "job.sub:3: environment = \"A\": NAME=value is expected, not 'A'; write \"A=1 B='x y'\"",
            "job.sub:9: output = $(a): macros refer to each other in a circle: A -> B -> A; break"
                + " the circle",
            "job.sub:6: priority = high: a whole number is allowed, larger for jobs that go first",
            "job.sub:4: should_transfer_files = maybe: one of YES, NO, IF_NEEDED is allowed");
    assertThat(problemsOf("executable = run.sh"))
        .containsExactly("job.sub: no queue statement; write queue as the last line");
    assertThat(problemsOf("queue"))
        .containsExactly("no executable is named; write executable = PROGRAM before queue");
    assertThat(problemsOf("executable = run.sh", "queue 1001"))
        .containsExactly(
            "job.sub:2: queue 1001: 1001 jobs, at most 1000 are allowed in one submission");
    assertThat(problemsOf("executable = run.sh", "queue x in (a)").getFirst())
        .startsWith("job.sub:2: queue x in (a): this version knows queue and queue N");
  }

  @Test
  void linesThatNothingReadsAreWarnedOf() throws Exception {
    Submission submission =
        plan(
            "excutable = x",
            "executable = run.sh",
            "periodic_remove = true",
            "mine = 1",
            "yours = 2",
            "arguments = $(yours)",
            "queue");

    assertThat(submission.warnings())
        .containsExactly(
            "job.sub:1: excutable = x: nothing reads this line; did you mean executable?",
            "job.sub:3: periodic_remove = true: has no effect in this version",
            "job.sub:4: mine = 1: nothing reads this line");
  }

  @Test
  void filesAreLookedAtForEachJob() throws Exception {
    Files.writeString(folder.resolve("in.0"), "");
    Files.createDirectory(folder.resolve("data"));

    assertThat(
            problemsOf(
                "executable = nosuch.sh",
                "transfer_input_files = in.$(Process), http://host/x, data",
                "input = data",
                "output = missing/out",
                "error = data",
                "log = missing/log",
                "queue 2"))
        .containsExactly(
            "job.sub:1: executable = nosuch.sh: no file DIR/nosuch.sh; make it, or mend the name",
            "job.sub:3: input = data: DIR/data is a folder; name a file",
            "job.sub:4: output = missing/out: no folder DIR/missing; make it",
            "job.sub:5: error = data: DIR/data is a folder; name a file",
            "job.sub:6: log = missing/log: the log DIR/missing/log cannot be written (NoSuchFile);"
                + " name another file, or make its folder",
            "job.sub:2: transfer_input_files = in.$(Process), http://host/x, data: no file or"
                + " folder DIR/in.1; make it, or mend the name");
    assertThat(problemsOf("executable = run.sh", "initialdir = nosuch", "queue"))
        .containsExactly(
            "job.sub:2: initialdir = nosuch: no folder DIR/nosuch; make it, or mend initialdir");
  }

  @Test
  void theLogIsMadeAndNeverCut() throws Exception {
    Files.writeString(folder.resolve("old.log"), "kept");
    String program = "executable = run.sh";

    assertThat(problemsOf(program, "log = old.log", "queue")).isEmpty();
    assertThat(problemsOf(program, "log = new.log", "queue")).isEmpty();
    Submission later = plan(program, "log = c$(Cluster).$(Process).log", "queue 2");
    FileChecks.ofAll(later);
    FileChecks.makeLogs(later.requests().getFirst(), 7);

    assertThat(folder.resolve("old.log")).hasContent("kept");
    assertThat(folder.resolve("new.log")).isEmptyFile();
    assertThat(folder.resolve("c7.1.log")).isEmptyFile();
    assertThat(folder.resolve("c1.0.log")).doesNotExist();
    assertThat(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("new.log"))))
        .startsWith("rw");
  }
}
