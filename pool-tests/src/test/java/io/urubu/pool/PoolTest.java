package io.urubu.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.urubu.classad.ClassAd;
import io.urubu.command.presence.ProcessMark;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What a user meets: one pool of two workstations for all cases. */
@Tag("pool")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PoolTest {
  private PoolUnderTest pool;
  private Jobs jobs;

  @BeforeAll
  void start() throws Exception {
    pool = PoolUnderTest.create();
    pool.with("HEARTBEAT_INTERVAL", "1").up(2);
    jobs = new Jobs(pool);
  }

  @AfterAll
  void stop() throws Exception {
    pool.close();
  }

  @Test
  void exitCodesAndSignalsAreExact() throws Exception {
    String script =
        """
        #!/bin/bash
        case $1 in
          0|1|2) exit $1 ;;
          3) exit 143 ;;
          4) kill -TERM $$ ;;
          5) exit 137 ;;
          6) kill -KILL $$ ;;
          7) exit 255 ;;
        esac
        """;
    long cluster = jobs.submit(pool.folder("exits"), script, "arguments = $(Process)\nqueue 8\n");

    List<String> ends = jobs.awaitEnd(cluster, 8).stream().map(PoolTest::end).toList();

    assertThat(ends)
        .containsExactly(
            "exit 0",
            "exit 1",
            "exit 2",
            "exit 143",
            "signal 15",
            "exit 137",
            "signal 9",
            "exit 255");
  }

  private static String end(ClassAd job) {
    return job.bool("ExitBySignal").orElse(false)
        ? "signal " + job.integer("ExitSignal").orElse(-1)
        : "exit " + job.integer("ExitCode").orElse(-1);
  }

  @Test
  void filesGoInAndOut() throws Exception {
    Path work = pool.folder("files");
    Files.writeString(work.resolve("stdin.txt"), "from stdin\n");
    Files.createDirectories(work.resolve("tree/deep"));
    Files.writeString(work.resolve("tree/deep/leaf"), "leaf\n");
    String script =
        """
        #!/bin/sh
        cat
        cat tree/deep/leaf
        mkdir -p made/below
        head -c 3000000 /dev/zero > made/below/big
        echo named > made/named
        echo complaint >&2
        """;
    String lines =
        """
        input = stdin.txt
        transfer_input_files = tree
        transfer_output_files = made
        output = out
        error = err
        log = log
        queue
        """;

    jobs.awaitEnd(jobs.submit(work, script, lines), 1);

    assertThat(work.resolve("out")).content().isEqualTo("from stdin\nleaf\n");
    assertThat(work.resolve("err")).content().isEqualTo("complaint\n");
    assertThat(work.resolve("made/named")).content().isEqualTo("named\n");
    assertThat(Files.size(work.resolve("made/below/big"))).isEqualTo(3_000_000);
    try (Stream<Path> files = Files.list(work)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "job.sh", "job.sub", "stdin.txt", "tree", "made", "out", "err", "log");
    }
  }

  @Test
  void theEventLogReadsAsHtCondorsDoes() throws Exception {
    Path work = pool.folder("events");
    long cluster = jobs.submit(work, "#!/bin/sh\nexit 7\n", "log = log\nqueue\n");
    jobs.awaitEnd(cluster, 1);
    Path log = work.resolve("log");

    Await.until(
        "event 005",
        java.time.Duration.ofSeconds(20),
        () -> Files.readString(log).contains("\n005 "));

    String id =
        "\\(%03d\\.000\\.000\\) \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d ".formatted(cluster);
    assertThat(Files.readString(log))
        .containsPattern("(?m)^000 " + id + "Job submitted from host: <.*>$")
        .containsPattern("(?m)^001 " + id + "Job executing on host: <.*>$\n\tSlotName: slot1@ws")
        .containsPattern(
            "(?m)^005 "
                + id
                + "Job terminated\\.$\n\t\\(1\\) Normal termination \\(return value 7\\)")
        .endsWith("...\n");
  }

  @Test
  void startdAndStarterListenOnNoNetwork() throws Exception {
    long cluster = jobs.submit(pool.folder("listen"), "#!/bin/sh\nsleep 60\n", "queue\n");
    jobs.awaitStatus(cluster, 2);
    Await.until(
        "a starter lives", java.time.Duration.ofSeconds(20), () -> !pool.starters().isEmpty());
    List<ProcessMark> processes = new ArrayList<>(pool.starters());
    processes.add(pool.daemon("ws1").orElseThrow());
    processes.add(pool.daemon("ws2").orElseThrow());

    for (ProcessMark process : processes) {
      assertThat(Listeners.of(process.pid())).as("listeners of " + process).isEmpty();
    }
    // The check can see listeners: the schedd has one.
    assertThat(Listeners.of(pool.daemon("schedd").orElseThrow().pid())).isNotEmpty();
    assertThat(pool.cli(pool.folder(), "rm", Long.toString(cluster)).status()).isZero();
    ClassAd removed = jobs.awaitEnd(cluster, 1).getFirst();
    assertThat(removed.integer("JobStatus").orElse(0)).isEqualTo(3);
  }

  @Test
  void badInputGetsOneClearError() throws Exception {
    Path work = pool.folder("bad");
    Files.writeString(work.resolve("gone.sub"), "executable = no-such-program\nqueue\n");
    Files.writeString(
        work.resolve("expression.sub"),
        "executable = /bin/true\nrequirements = (Memory >\nqueue\n");
    Files.writeString(
        work.resolve("typo.sub"), "executable = /bin/true\nrequest_memry = 5\nqueue\n");

    Cli.Result missing = pool.cli(work, "submit", "nothing.sub");
    Cli.Result gone = pool.cli(work, "submit", "gone.sub");
    Cli.Result expression = pool.cli(work, "submit", "expression.sub");
    Cli.Result typo = pool.cli(work, "submit", "typo.sub");
    Cli.Result unknown = pool.cli(work, "rm", "99999");
    Cli.Result option = pool.cli(work, "q", "--jsn");

    assertThat(missing.status()).as(missing.toString()).isEqualTo(1);
    assertThat(missing.err()).contains("nothing.sub");
    assertThat(gone.status()).as(gone.toString()).isEqualTo(1);
    assertThat(gone.err()).contains("no-such-program");
    assertThat(expression.status()).as(expression.toString()).isEqualTo(1);
    assertThat(expression.err()).contains("expression.sub:2");
    assertThat(typo.status()).as(typo.toString()).isZero();
    assertThat(typo.err()).contains("request_memry").contains("request_memory");
    assertThat(unknown.status()).as(unknown.toString()).isEqualTo(1);
    assertThat(unknown.err()).contains("99999");
    assertThat(option.status()).as(option.toString()).isEqualTo(2);
    assertThat(option.err()).contains("--json");
    for (Cli.Result result : List.of(missing, gone, expression, unknown, option)) {
      assertThat(result.err()).doesNotContain("\tat ");
    }
  }

  @Test
  void theQueueSurvivesDownAndUp() throws Exception {
    long cluster =
        jobs.submit(
            pool.folder("durable"),
            "#!/bin/sh\n",
            "requirements = NoSuchMachine =?= true\nqueue 3\n");

    assertThat(pool.cli(pool.folder(), "down").status()).isZero();
    Leftovers.assertNone(pool.folder());
    pool.upAgain();

    assertThat(Jobs.of(cluster, pool.jobs(false))).hasSize(3);
    assertThat(pool.cli(pool.folder(), "rm", Long.toString(cluster)).status()).isZero();
    assertThat(jobs.awaitEnd(cluster, 3)).hasSize(3);
  }

  @Test
  void aMissingProgramHoldsNobodyUp() throws Exception {
    Path work = pool.folder("interpreter");
    long cluster = jobs.submit(work, "#!/no/such/interpreter\n", "queue\n");

    ClassAd held = jobs.awaitStatus(cluster, 5);

    assertThat(held.integer("HoldReasonCode").orElse(0)).isEqualTo(6);
    assertThat(held.string("HoldReason").orElse("")).contains("job.sh");
    assertThat(pool.cli(work, "rm", Long.toString(cluster)).status()).isZero();
    jobs.awaitEnd(cluster, 1);
  }
}
