package io.urubu.starter.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.urubu.starter.sandbox.Program;
import io.urubu.starter.sandbox.ProgramEnd;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Memory and files are of one moment: a counter in memory and the lines that it wrote are in step
 * after any number of checkpoints and rollbacks. Long form: {@code -Durubu.cuts=200}.
 */
@Tag("module")
class CutTest {
  private static final int CUTS = Integer.getInteger("urubu.cuts", 15);
  private static final int LATE_CUTS = 4;
  private static final int LONGEST_MILLIS = 120;

  @TempDir Path folder;

  private final long seed = Long.getLong("SEED", System.nanoTime());
  private final Random random = new Random(seed);

  @Test
  void noLineIsMissingDoubledOrTorn() throws Exception {
    assertThat(fault(CUTS, DmtcpCheckpointer.CutMoment.WHILE_ALL_STANDS_STILL))
        .as("after %d rollbacks (SEED=%d)", CUTS, seed)
        .isEmpty();
  }

  @Test
  void aSnapshotOneRequestLateWouldBeSeen() throws Exception {
    assertThat(fault(LATE_CUTS, DmtcpCheckpointer.CutMoment.ONE_REQUEST_LATE))
        .as("SEED=%d", seed)
        .isPresent();
  }

  private Optional<String> fault(int cuts, DmtcpCheckpointer.CutMoment moment) throws Exception {
    try (Workbench bench = new Workbench(folder)) {
      Workbench.Run run = bench.run(folder, moment);
      boolean isLate = moment == DmtcpCheckpointer.CutMoment.ONE_REQUEST_LATE;
      Program program = Workbench.program(run.bring("counter.sh"), isLate ? "200" : "0");
      run.start(program);
      List<Long> took = new ArrayList<>();
      List<Long> held = new ArrayList<>();
      for (int i = 0; i < cuts; i++) {
        pause();
        Taken taken = run.checkpointer.take(run.process(), i + 1, Workbench.LIMIT);
        took.add(taken.took().toMillis());
        held.add(((DmtcpCheckpointer) run.checkpointer).held().toMillis());
        pause();
        run.kill();
        Workbench.Run next = bench.run(folder, moment);
        next.restart(program, taken.folder());
        next.checkpointer.awaitRestarted(next.process(), Workbench.LIMIT);
        run.close();
        run = next;
      }
      System.out.printf(
          "%s: checkpoints took %s ms, held %s ms%n", moment, sorted(took), sorted(held));
      pause();
      Files.writeString(run.folders.scratch().resolve("stop"), "");
      assertThat(run.end()).isEqualTo(new ProgramEnd.Exited(0));
      Optional<String> fault = fault(run);
      run.close();
      return fault;
    }
  }

  private static List<Long> sorted(List<Long> values) {
    return values.stream().sorted().toList();
  }

  private void pause() throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(random.nextInt(LONGEST_MILLIS));
  }

  private static Optional<String> fault(Workbench.Run run) throws Exception {
    List<String> lines = Files.readAllLines(run.folders.scratch().resolve("lines"));
    long last = 0;
    for (int i = 0; i < lines.size(); i++) {
      String[] words = lines.get(i).split(" ", -1);
      if (words.length != 2 || !words[0].matches("\\d+\\.\\d{6}") || !words[1].equals("" + i)) {
        return Optional.of("line %d is '%s'".formatted(i, lines.get(i)));
      }
      long stamp = Long.parseLong(words[0].replace(".", ""));
      if (stamp < last) {
        return Optional.of("line %d is older than the one before".formatted(i));
      }
      last = stamp;
    }
    List<String> out = run.text("out").lines().toList();
    if (out.size() != 3 || !out.get(0).equals(out.get(1))) {
      return Optional.of("memory is not the same: " + out);
    }
    return out.get(2).equals("counted " + lines.size())
        ? Optional.empty()
        : Optional.of(out.get(2) + ", but there are " + lines.size() + " lines");
  }
}
