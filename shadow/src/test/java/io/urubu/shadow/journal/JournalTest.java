package io.urubu.shadow.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.urubu.classad.ClassAd;
import io.urubu.protocol.id.JobId;
import io.urubu.protocol.id.RunRef;
import io.urubu.shadow.runs.End;
import io.urubu.shadow.runs.Exit;
import io.urubu.shadow.runs.Generation;
import io.urubu.shadow.runs.JobCheckpoints;
import io.urubu.shadow.runs.JobRef;
import io.urubu.shadow.runs.Prepared;
import io.urubu.shadow.runs.Rename;
import io.urubu.shadow.runs.Run;
import io.urubu.shadow.runs.Sha256;
import io.urubu.shadow.runs.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("unit")
class JournalTest {
  @TempDir Path folder;

  private static RunRef ref(int proc, int number) {
    return new RunRef("schedd@test", new JobId(41, proc), number);
  }

  private static Run run(RunRef ref) {
    ClassAd ad = ClassAd.builder().put("Cmd", "/bin/true \"ü\"").put("ProcId", 3).build();
    return new Run(ref, ad, Sha256.hash(new byte[] {1}), Duration.ofMinutes(40));
  }

  private static Generation generation(int number) {
    return new Generation(
        number, 1, "dmtcp", "x86 ü", 12L << 32, 99, Sha256.hash(new byte[] {(byte) number}));
  }

  private static Run withGenerations(RunRef ref) {
    Run run = run(ref);
    return new Run(
        ref, run.jobAd(), run.ticket(), run.lease(), List.of(generation(2), generation(1)));
  }

  private static Prepared prepared(RunRef run, int number) {
    ClassAd ad = ClassAd.builder().put("CheckpointSeconds", 1.25).build();
    return new Prepared(run, 7, generation(number), ad);
  }

  /** One was answered, one waits. */
  private static JobCheckpoints settled(RunRef run) {
    Prepared third = prepared(run, 3);
    return JobCheckpoints.NONE
        .prepared(third)
        .prepared(prepared(run, 4))
        .settled(third, new Verdict(run, 3, false, "the job is held", List.of()));
  }

  private static List<JournalEntry> story() {
    RunRef first = ref(3, 1);
    RunRef second = ref(3, 2);
    RunRef other = ref(4, 1);
    Rename rename =
        new Rename(Path.of("/home/.urubu-x"), Path.of("/home/out"), 7, Sha256.hash(new byte[] {2}));
    return List.of(
        new JournalEntry.Admitted(run(first)),
        new JournalEntry.OutputFolder(first, Path.of("/home")),
        new JournalEntry.Ended(first, End.because(End.Outcome.CLOSED, "vacated")),
        new JournalEntry.Admitted(run(other)),
        new JournalEntry.Admitted(run(second)),
        new JournalEntry.Settled(first),
        new JournalEntry.OutputFolder(second, Path.of("/home")),
        new JournalEntry.ExitIntent(
            second, new Exit(ClassAd.builder().put("ExitCode", 0).build(), List.of(rename))),
        new JournalEntry.Published(second),
        new JournalEntry.Checkpoints(
            second, JobCheckpoints.NONE.admitted(second, List.of()).prepared(prepared(second, 3))),
        new JournalEntry.Settled(second),
        new JournalEntry.Checkpoints(second, settled(second)),
        new JournalEntry.Admitted(withGenerations(ref(5, 2))),
        new JournalEntry.Checkpoints(ref(5, 2), settled(ref(5, 2))),
        new JournalEntry.Admitted(withGenerations(ref(5, 3))),
        new JournalEntry.Settled(other));
  }

  /** What is known after the first entries of the story, as text. */
  private static String known(List<JournalEntry> entries) {
    LiveRuns live = new LiveRuns();
    entries.forEach(live::apply);
    return text(live.recovered()) + live.checkpoints();
  }

  private static String text(List<Recovered> recovered) {
    StringBuilder text = new StringBuilder();
    for (Recovered each : recovered) {
      text.append(each.run().ref())
          .append(each.run().jobAd())
          .append(each.run().ticket())
          .append(each.run().lease())
          .append(each.run().generations())
          .append(each.exit().map(exit -> exit.ad() + " " + exit.renames()).orElse(""))
          .append(each.published())
          .append(each.end().map(end -> end.outcome() + " " + end.reason()).orElse(""))
          .append(each.folders())
          .append('\n');
    }
    return text.toString();
  }

  @Test
  void journalTornAtAnyByteKnowsEveryWholeEntry() throws IOException {
    List<JournalEntry> story = story();
    List<Long> sizes = new ArrayList<>();
    Path file = folder.resolve("journal");
    try (Journal journal = Journal.open(folder)) {
      sizes.add(Files.size(file));
      for (JournalEntry entry : story) {
        journal.append(entry);
        sizes.add(Files.size(file));
      }
    }
    byte[] whole = Files.readAllBytes(file);

    for (int length = sizes.getFirst().intValue(); length <= whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      int entries = 0;
      while (entries < story.size() && sizes.get(entries + 1) <= length) {
        entries++;
      }
      String expected = known(story.subList(0, entries));
      if (length % 29 != 0) {
        assertThat(readAlone(file)).isEqualTo(expected);
        continue;
      }
      try (Journal journal = Journal.open(folder)) {
        assertThat(text(journal.recovered()) + journal.recoveredCheckpoints()).isEqualTo(expected);
        assertThat(journal.tornBytes()).isEqualTo(length - sizes.get(entries));
        journal.append(new JournalEntry.Admitted(run(ref(9, 1))));
      }
      try (Journal journal = Journal.open(folder)) {
        assertThat(journal.tornBytes()).isZero();
        assertThat(journal.recovered().getLast().run().ref()).isEqualTo(ref(9, 1));
      }
    }
  }

  private static String readAlone(Path file) throws IOException {
    RecordLog.Content content = RecordLog.open(file);
    content.log().close();
    return known(content.records().stream().map(EntryCodec::decode).toList());
  }

  @Test
  void damagedTailIsCutOff() throws IOException {
    Path file = folder.resolve("journal");
    long before;
    try (Journal journal = Journal.open(folder)) {
      journal.append(new JournalEntry.Admitted(run(ref(3, 1))));
      before = Files.size(file);
      journal.append(new JournalEntry.Admitted(run(ref(4, 1))));
    }
    byte[] whole = Files.readAllBytes(file);
    for (int at = (int) before; at < whole.length; at += 3) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 0x40;
      Files.write(file, damaged);

      try (Journal journal = Journal.open(folder)) {
        assertThat(journal.recovered()).hasSize(1);
      }
    }
  }

  /** As it was written before admissions named generations. */
  @Test
  void olderAdmissionIsStillRead() {
    String older =
        "010000001273636865646440746573742334312e332331"
            + "000000125b20436d64203d20222f62696e2f3122205d"
            + "00".repeat(32)
            + "0000000000000960";

    JournalEntry entry = EntryCodec.decode(HexFormat.of().parseHex(older));

    assertThat(entry)
        .isEqualTo(
            new JournalEntry.Admitted(
                new Run(
                    ref(3, 1),
                    ClassAd.builder().put("Cmd", "/bin/1").build(),
                    Sha256.of(new byte[32]),
                    Duration.ofMinutes(40))));
  }

  @Test
  void waitingCheckpointsOutliveTheirRuns() throws IOException {
    RunRef run = ref(3, 1);
    JobRef job = JobRef.of(run);
    Prepared third = prepared(run, 3);
    JobCheckpoints waiting = JobCheckpoints.NONE.admitted(run, List.of()).prepared(third);
    try (Journal journal = Journal.open(folder)) {
      journal.append(new JournalEntry.Admitted(run(run)));
      journal.append(new JournalEntry.Checkpoints(run, waiting));
      journal.append(new JournalEntry.Settled(run));
    }
    try (Journal journal = Journal.open(folder)) {
      assertThat(journal.recovered()).isEmpty();
      assertThat(journal.recoveredCheckpoints()).isEqualTo(Map.of(job, waiting));
      journal.append(
          new JournalEntry.Checkpoints(
              run, waiting.settled(third, new Verdict(run, 3, true, "", List.of(3)))));
    }
    try (Journal journal = Journal.open(folder)) {
      assertThat(journal.recoveredCheckpoints()).isEmpty();
    }
  }

  @Test
  void fileOfAnotherKindOrVersionIsRefused() throws IOException {
    Path file = folder.resolve("journal");
    Files.writeString(file, "something else entirely");
    assertThatThrownBy(() -> Journal.open(folder))
        .hasMessageContaining("is not a shadow's journal");

    Files.delete(file);
    Journal.open(folder).close();
    byte[] header = Files.readAllBytes(file);
    header[11] = 7;
    Files.write(file, header);
    assertThatThrownBy(() -> Journal.open(folder))
        .hasMessageContaining("is of version 7, this shadow reads version 1");
  }

  @Test
  void journalStaysShort() throws IOException {
    try (Journal journal = Journal.open(folder)) {
      End end = End.because(End.Outcome.CLOSED, "x".repeat(4000));
      for (int i = 1; i <= 800; i++) {
        journal.append(new JournalEntry.Admitted(run(ref(3, i))));
        journal.append(new JournalEntry.Ended(ref(3, i), end));
        if (i % 200 == 0) {
          assertThat(Files.size(folder.resolve("journal"))).isLessThan(1_100_000);
        }
      }
    }
    try (Journal journal = Journal.open(folder)) {
      assertThat(journal.recovered()).hasSize(1);
      assertThat(journal.recovered().getFirst().run().ref()).isEqualTo(ref(3, 800));
      assertThat(Files.size(folder.resolve("journal"))).isLessThan(6000);
    }
  }

  @Test
  void manyWritersLoseNothing() throws IOException, InterruptedException, ExecutionException {
    try (Journal journal = Journal.open(folder);
        ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> done = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        int proc = i;
        done.add(
            writers.submit(() -> journal.append(new JournalEntry.Admitted(run(ref(proc, 1))))));
      }
      for (Future<?> each : done) {
        each.get();
      }
    }

    try (Journal journal = Journal.open(folder)) {
      assertThat(journal.recovered()).hasSize(200);
    }
  }

  @Test
  void folderOfLivingShadowIsLeftAlone() throws IOException {
    try (Journal _ = Journal.open(folder)) {
      assertThatThrownBy(() -> Journal.open(folder)).hasMessageContaining("another shadow serves");
    }
    // Somebody who lost the kernel's lock but lives: this process's parent, by pid and start.
    long parent = ProcessHandle.current().parent().orElseThrow().pid();
    String stat = Files.readString(Path.of("/proc/" + parent + "/stat"));
    String ticks = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[19];
    Files.writeString(folder.resolve("lock"), parent + " " + ticks);
    assertThatThrownBy(() -> Journal.open(folder)).hasMessageContaining("lives without its lock");

    // The same pid, but another process: the old one is dead.
    Files.writeString(folder.resolve("lock"), parent + " " + ticks + "1");
    Journal.open(folder).close();
  }
}
