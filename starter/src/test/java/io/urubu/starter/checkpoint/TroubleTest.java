package io.urubu.starter.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.urubu.starter.Await;
import io.urubu.starter.sandbox.Program;
import io.urubu.starter.sandbox.ProgramEnd;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever goes wrong: the job is never lost and never silently wrong. */
@Tag("module")
class TroubleTest {
  private static final Duration SHORT = Duration.ofSeconds(4);

  @TempDir Path folder;
  private Workbench bench;

  @BeforeEach
  void open() throws Exception {
    bench = new Workbench(folder);
  }

  @AfterEach
  void close() throws Exception {
    if (bench != null) {
      bench.close();
    }
  }

  private static Program bash(String text) {
    return Workbench.program("/bin/bash", "-c", text);
  }

  /** Ends with 7 as soon as there is a file {@code go}. */
  private static Program waiting() {
    return bash("while [[ ! -e go ]]; do :; done; exit 7");
  }

  private static void letGo(Workbench.Run run) throws IOException {
    Files.writeString(run.folders.scratch().resolve("go"), "");
  }

  @Test
  void aProgramThatEndsAsSoonAsItIsBackHasEnded() throws Exception {
    for (String code : List.of("7", "99", "0")) {
      try (Workbench.Run first = bench.run();
          Workbench.Run second = bench.run()) {
        Program program = bash("while [[ ! -e go ]]; do :; done; exit " + code);
        first.start(program);
        Taken taken = first.checkpointer.take(first.process(), 1, Workbench.LIMIT);
        first.kill();
        second.bringOver(taken.folder());
        second.checkpointer.unpack(second.folders.generation(0), Workbench.LIMIT);
        letGo(second);
        second.begin(second.checkpointer.restarted(program, second.folders.generation(0)));

        second.checkpointer.awaitRestarted(second.process(), Workbench.LIMIT);
        assertThat(second.end()).isEqualTo(new ProgramEnd.Exited(Integer.parseInt(code)));
      }
    }
  }

  @Test
  void aTornImageIsAFailedRestartAndNoExit() throws Exception {
    try (Workbench.Run first = bench.run();
        Workbench.Run second = bench.run()) {
      Program program = waiting();
      first.start(program);
      Taken taken = first.checkpointer.take(first.process(), 1, Workbench.LIMIT);
      first.kill();
      second.bringOver(taken.folder());
      Path image = second.folders.generation(0).resolve(taken.files().getFirst());
      try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
        file.setLength(file.length() * 2 / 3);
      }
      second.checkpointer.unpack(second.folders.generation(0), Workbench.LIMIT);
      second.begin(second.checkpointer.restarted(program, second.folders.generation(0)));

      assertThatThrownBy(() -> second.checkpointer.awaitRestarted(second.process(), SHORT))
          .isInstanceOf(RestartException.class)
          .hasMessageContaining("did not come back");
      second.process().kill();
      assertThat(second.end()).isInstanceOf(ProgramEnd.Broken.class);
    }
  }

  @Test
  void anImageThatIsNoneIsDamaged() throws Exception {
    try (Workbench.Run first = bench.run();
        Workbench.Run second = bench.run()) {
      first.start(waiting());
      Taken taken = first.checkpointer.take(first.process(), 1, Workbench.LIMIT);
      second.bringOver(taken.folder());
      Path image = second.folders.generation(0).resolve(taken.files().getFirst());
      try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
        int b = file.read();
        file.seek(0);
        file.write(b ^ 1);
      }

      RestartException failure =
          catchThrowableOfType(
              RestartException.class,
              () -> second.checkpointer.unpack(second.folders.generation(0), SHORT));
      assertThat(failure).hasMessageContaining(image.getFileName().toString());
      assertThat(failure.isDamaged()).isTrue();
    }
  }

  @Test
  void aDiskWithoutRoomRefusesTheCheckpointAndTheJobRunsOn() throws Exception {
    try (SmallDisk disk = SmallDisk.make(folder.resolve("disk"), 60);
        Workbench.Run run =
            bench.run(disk.path(), DmtcpCheckpointer.CutMoment.WHILE_ALL_STANDS_STILL)) {
      run.start(waiting());

      assertThatThrownBy(() -> run.checkpointer.take(run.process(), 1, Workbench.LIMIT))
          .isInstanceOf(CheckpointException.class)
          .hasMessageMatching("a checkpoint may need \\d+ MB, and \\d+ MB are free in .*runs on");
      assertThat(run.folders.generation(1)).doesNotExist();
      letGo(run);
      assertThat(run.end()).isEqualTo(new ProgramEnd.Exited(7));
    }
  }

  @Test
  void aJobThatAFullDiskKillsInTheMiddleOfACheckpointHasNotEndedByItself() throws Exception {
    try (SmallDisk disk = SmallDisk.make(folder.resolve("disk"), 390);
        Workbench.Run run =
            bench.run(disk.path(), DmtcpCheckpointer.CutMoment.WHILE_ALL_STANDS_STILL)) {
      run.start(bash("head -c 150000000 /dev/urandom >ballast; echo up; while :; do :; done"));
      Await.until(() -> run.hasPrinted("up\n"));
      CompletableFuture<Void> filler =
          CompletableFuture.runAsync(
              () -> disk.fillAsSoonAs(run.folders.generation(1).resolve("scratch.tar")));

      assertThatThrownBy(() -> run.checkpointer.take(run.process(), 1, Workbench.LIMIT))
          .isInstanceOf(CheckpointException.class);
      filler.get(20, TimeUnit.SECONDS);
      assertThat(run.folders.generation(1)).doesNotExist();
      if (run.end.isDone()) {
        assertThat(run.end()).isInstanceOf(ProgramEnd.Broken.class);
      }
    }
  }

  @Test
  void aJobWithoutItsCoordinatorCannotBeSavedAndSaysSo() throws Exception {
    try (Workbench.Run run = bench.run()) {
      run.start(
          bash(
              "for p in /proc/[0-9]*; do read -r name <$p/comm;"
                  + " [[ $name != dmtcp_coor* ]] || kill -9 ${p#/proc/}; done; echo killed;"
                  + " while [[ ! -e go ]]; do :; done; exit 7"));
      Await.until(() -> run.end.isDone() || run.hasPrinted("killed\n"));

      assertThatThrownBy(() -> run.checkpointer.take(run.process(), 1, Workbench.LIMIT))
          .isInstanceOf(CheckpointException.class)
          .hasMessageContaining("coordinator");
      letGo(run);
      assertThat(run.end())
          .isIn(
              new ProgramEnd.Exited(7),
              new ProgramEnd.Broken("the job's coordinator was ended, and the job with it"));
    }
  }

  @Test
  void aJobThatStartsProcessAfterProcessIsRatherNotSavedThanWrong() throws Exception {
    try (Workbench.Run run = bench.run()) {
      run.start(bash("echo up; while [[ ! -e go ]]; do (:); done; exit 7"));
      Await.until(() -> run.hasPrinted("up\n"));

      assertThatThrownBy(() -> run.checkpointer.take(run.process(), 1, Workbench.LIMIT))
          .isInstanceOf(CheckpointException.class)
          .hasMessageContaining("starts processes faster");
      assertThat(run.folders.generation(1)).doesNotExist();
      letGo(run);
      assertThat(run.end()).isEqualTo(new ProgramEnd.Exited(7));
    }
  }

  @Test
  void aStaticallyLinkedChildRefusesTheCheckpointAndTheJobRunsOn() throws Exception {
    try (Workbench.Run run = bench.run()) {
      Path source = run.folders.scratch().resolve("child.c");
      Files.writeString(source, "#include <unistd.h>\nint main(void) { sleep(60); return 0; }\n");
      Process gcc =
          new ProcessBuilder("gcc", "-static", "-o", "child", "child.c")
              .directory(run.folders.scratch().toFile())
              .redirectErrorStream(true)
              .start();
      Assumptions.assumeTrue(gcc.waitFor() == 0, "SKIPPED: no static C library here");
      run.start(bash("./child & child=$!; while [[ ! -e go ]]; do :; done; kill $child; exit 7"));
      Await.until(() -> run.process().job().stream().anyMatch(one -> one.name().equals("child")));

      assertThatThrownBy(() -> run.checkpointer.take(run.process(), 1, Workbench.LIMIT))
          .isInstanceOf(CheckpointException.class)
          .hasMessageContaining("(child) of the job is statically linked");
      assertThat(run.folders.generation(1)).doesNotExist();
      letGo(run);
      assertThat(run.end()).isEqualTo(new ProgramEnd.Exited(7));
    }
  }

  @Test
  void aJobThatIsStoppedMeanwhileIsSavedWhenItGoesOn() throws Exception {
    try (Workbench.Run run = bench.run()) {
      run.start(waiting());
      run.process().freeze();
      CompletableFuture<Taken> taking =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return run.checkpointer.take(run.process(), 1, SHORT);
                } catch (CheckpointException | InterruptedException e) {
                  throw new IllegalStateException(e);
                }
              });
      TimeUnit.MILLISECONDS.sleep(2 * SHORT.toMillis());
      assertThat(taking).isNotDone();
      run.process().thaw();

      assertThat(taking.get(20, TimeUnit.SECONDS).files()).contains("scratch.tar");
      letGo(run);
      assertThat(run.end()).isEqualTo(new ProgramEnd.Exited(7));
    }
  }

  @Test
  void nobodyElseOnTheHostReachesTheCoordinator() throws Exception {
    try (Workbench.Run run = bench.run()) {
      run.start(waiting());
      assertThat(new Coordinator(run.process(), Workbench.TIMES).status()).isPresent();

      for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
        assertThat(Files.readAllLines(Path.of(table))).noneMatch(line -> line.contains(":1E63 "));
      }
    }
  }
}
