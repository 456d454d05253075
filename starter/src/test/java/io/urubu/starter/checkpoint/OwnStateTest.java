package io.urubu.starter.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.urubu.starter.sandbox.Program;
import io.urubu.starter.sandbox.ProgramEnd;
import io.urubu.starter.sandbox.Sandbox;
import io.urubu.starter.scratch.RunFolders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs that save their own state. */
@Tag("module")
class OwnStateTest {
  /** Counts to 5 and saves itself after 3; asked by signal, saves itself at once. */
  private static final String COUNTER =
      "n=$(cat state 2>/dev/null || echo 0); trap 'echo $n >state; exit 85' USR1;"
          + " while ((n < 5)); do echo $((++n)); sleep 0.05;"
          + " if [[ $n == 3 && ! -e state ]]; then echo $n >state; exit 85; fi; done; exit 4";

  private static final ProgramEnd SAVED = new ProgramEnd.Exited(85);

  @TempDir Path folder;
  private Sandbox sandbox;
  private int runs;

  @BeforeEach
  void open() throws Exception {
    sandbox = Workbench.sandbox(folder);
  }

  @AfterEach
  void close() {
    sandbox.close();
  }

  private Workbench.Run run(OptionalInt signal, String... files) throws Exception {
    RunFolders folders = RunFolders.create(folder, "1.0." + ++runs);
    SaveOrder order =
        new SaveOrder(
            Optional.empty(), OptionalInt.of(85), signal, List.of(files), List.of("out", "err"));
    return new Workbench.Run(
        sandbox, folders, new SelfCheckpointer(order, folders, Workbench.TIMES), () -> {});
  }

  private static Program counter() {
    return Workbench.program("/bin/bash", "-c", COUNTER);
  }

  @Test
  void goesOnElsewhereWithWhatItPrintedBefore() throws Exception {
    for (String[] files : List.of(new String[0], new String[] {"./state"})) {
      try (Workbench.Run first = run(OptionalInt.empty(), files);
          Workbench.Run second = run(OptionalInt.empty(), files)) {
        first.start(counter());
        assertThat(first.end()).isEqualTo(SAVED);
        assertThat(first.checkpointer.isCheckpoint(first.end())).isTrue();
        Taken taken = first.checkpointer.takeAtRest(1);
        assertThat(taken.files()).containsExactly("scratch.tar");

        Files.writeString(second.folders.scratch().resolve("input"), "an input");
        second.restart(counter(), taken.folder());

        assertThat(second.end()).isEqualTo(new ProgramEnd.Exited(4));
        assertThat(second.checkpointer.isCheckpoint(second.end())).isFalse();
        assertThat(second.text("out")).isEqualTo("1\n2\n3\n4\n5\n");
        assertThat(second.folders.scratch().resolve("input"))
            .matches(file -> Files.exists(file) == (files.length > 0));
      }
    }
  }

  @Test
  void aSignalMakesItSaveItselfAndEnd() throws Exception {
    try (Workbench.Run run = run(OptionalInt.of(10))) {
      Program slow = Workbench.program("/bin/bash", "-c", COUNTER.replace("0.05", "0.5"));
      run.start(slow);
      TimeUnit.MILLISECONDS.sleep(200);

      Taken taken = run.checkpointer.take(run.process(), 1, Workbench.LIMIT);

      assertThat(run.end()).isEqualTo(SAVED);
      assertThat(taken.bytes()).isPositive();
      assertThat(run.folders.generation(1).resolve("scratch.tar")).exists();
    }
  }

  @Test
  void withoutASignalItDecidesItselfAndOneThatDoesNotObeyRunsOn() throws Exception {
    try (Workbench.Run run = run(OptionalInt.empty());
        Workbench.Run deaf = run(OptionalInt.of(10))) {
      run.start(counter());
      assertThatThrownBy(() -> run.checkpointer.take(run.process(), 1, Workbench.LIMIT))
          .isInstanceOf(CheckpointException.class)
          .hasMessageContaining("decides itself");

      deaf.start(Workbench.program("/bin/bash", "-c", "trap '' USR1; sleep 2; exit 6"));
      TimeUnit.MILLISECONDS.sleep(200);
      assertThatThrownBy(() -> deaf.checkpointer.take(deaf.process(), 1, Duration.ofMillis(300)))
          .isInstanceOf(CheckpointException.class)
          .hasMessageContaining("runs on");
      assertThat(deaf.end()).isEqualTo(new ProgramEnd.Exited(6));
    }
  }
}
