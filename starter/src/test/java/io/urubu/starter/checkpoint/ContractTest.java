package io.urubu.starter.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.urubu.starter.sandbox.Program;
import io.urubu.starter.sandbox.ProgramEnd;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Programs that know nothing of checkpoints are saved at some moment, killed, and go on in another
 * folder and with other process numbers as if nothing had happened. Long form: {@code
 * -Durubu.rounds=10}.
 */
@Tag("module")
class ContractTest {
  private static final int ROUNDS = Integer.getInteger("urubu.rounds", 1);
  private static final int TRIES = 4;
  private static final int LONGEST_DELAY_MILLIS = 900;
  private static final Pattern RANDOM = Pattern.compile("random (\\d+)");

  @TempDir Path folder;

  enum Kind {
    C(0, 15) {
      @Override
      Program lay(Workbench.Run run) throws Exception {
        Path compiler = Path.of("/usr/bin/gcc");
        Assumptions.assumeTrue(Files.isExecutable(compiler), "SKIPPED: no C compiler here");
        Path source = Path.of(run.bring("threads.c"));
        Path folder = run.folders.scratch();
        Process gcc =
            new ProcessBuilder(
                    List.of("gcc", "-O1", "-pthread", "-o", "threads", "" + source.getFileName()))
                .directory(folder.toFile())
                .inheritIO()
                .start();
        assertThat(gcc.waitFor()).isZero();
        return Workbench.program("/scratch/threads");
      }
    },
    PYTHON(7, 0) {
      @Override
      Program lay(Workbench.Run run) throws Exception {
        Assumptions.assumeTrue(
            Files.isExecutable(Path.of("/usr/bin/python3")), "SKIPPED: no Python here");
        return Workbench.program("/usr/bin/python3", run.bring("thread.py"));
      }
    },
    BASH(42, 0) {
      @Override
      Program lay(Workbench.Run run) throws Exception {
        return Workbench.program(run.bring("pipeline.sh"));
      }
    },
    JAVA(5, 0) {
      @Override
      Program lay(Workbench.Run run) throws Exception {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Assumptions.assumeTrue(
            java.startsWith("/usr"), "SKIPPED: this Java is no part of the system");
        String name = "StepsMain.class";
        Path home = run.folders.scratch().resolve("classes/io/urubu/starter/checkpoint");
        Files.createDirectories(home);
        try (var stream = StepsMain.class.getResourceAsStream(name)) {
          Files.copy(stream, home.resolve(name));
        }
        return Workbench.program(
            java.toString(),
            "-XX:+UseSerialGC",
            "-Xmx32m",
            "-cp",
            "/scratch/classes",
            StepsMain.class.getName());
      }
    };

    private final int code;
    private final int signal;

    Kind(int code, int signal) {
      this.code = code;
      this.signal = signal;
    }

    ProgramEnd end() {
      return signal > 0 ? new ProgramEnd.Signalled(signal) : new ProgramEnd.Exited(code);
    }

    abstract Program lay(Workbench.Run run) throws Exception;
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void goesOnAsIfNothingHadHappened(Kind kind) throws Exception {
    long seed = Long.getLong("SEED", System.nanoTime());
    Random random = new Random(seed);
    try (Workbench bench = new Workbench(folder)) {
      Map<String, String> undisturbed = undisturbed(bench, kind);
      for (int round = 0; round < ROUNDS; round++) {
        int delay = random.nextInt(LONGEST_DELAY_MILLIS);
        assertThat(movedAtLast(bench, kind, delay))
            .as("%s saved after %d ms (SEED=%d, round %d)", kind, delay, seed, round)
            .isEqualTo(undisturbed);
      }
    }
  }

  private static Map<String, String> undisturbed(Workbench bench, Kind kind) throws Exception {
    try (Workbench.Run run = bench.run()) {
      Program program = kind.lay(run);
      run.begin(program);
      assertThat(run.end()).isEqualTo(kind.end());
      return result(run);
    }
  }

  /**
   * DMTCP itself loses a job now and then that forks in the very moment of the checkpoint or the
   * restart: then the run has failed, and nothing else.
   */
  private static Map<String, String> movedAtLast(Workbench bench, Kind kind, int delayMillis)
      throws Exception {
    for (int i = 1; i < TRIES; i++) {
      try {
        return moved(bench, kind, delayMillis / i);
      } catch (LostException e) {
        System.out.println(kind + " was lost: " + e.getMessage());
      }
    }
    return moved(bench, kind, delayMillis / TRIES);
  }

  private static final class LostException extends Exception {
    private static final long serialVersionUID = 1L;

    LostException(String message) {
      super(message);
    }
  }

  private static Taken taken(Workbench.Run run, Kind kind) throws Exception {
    try {
      return run.checkpointer.take(run.process(), 1, Duration.ofSeconds(10));
    } catch (CheckpointException e) {
      assertThat(run.folders.generation(1)).doesNotExist();
      // A slow machine lets a program end before it can be saved.
      if (!run.end().equals(kind.end())) {
        assertThat(run.end()).isInstanceOf(ProgramEnd.Broken.class);
      }
      throw new LostException(String.valueOf(e.getMessage()));
    }
  }

  private static void awaitBack(Workbench.Run run, Kind kind) throws Exception {
    try {
      run.checkpointer.awaitRestarted(run.process(), Workbench.LIMIT);
    } catch (RestartException e) {
      run.process().kill();
      assertThat(run.end()).isInstanceOf(ProgramEnd.Broken.class);
      throw new LostException(String.valueOf(e.getMessage()));
    }
    if (run.end() instanceof ProgramEnd.Broken(var reason)) {
      throw new LostException(reason);
    }
    assertThat(run.end()).isEqualTo(kind.end());
  }

  private static Map<String, String> moved(Workbench bench, Kind kind, int delayMillis)
      throws Exception {
    try (Workbench.Run first = bench.run();
        Workbench.Run second = bench.run()) {
      Program program = kind.lay(first);
      first.start(program);
      TimeUnit.MILLISECONDS.sleep(delayMillis);
      Taken taken = taken(first, kind);
      TimeUnit.MILLISECONDS.sleep(100);
      first.kill();
      second.restart(program, taken.folder());
      awaitBack(second, kind);
      Duration held = ((DmtcpCheckpointer) first.checkpointer).held();
      System.out.printf(
          "%s after %d ms: checkpoint %d ms, held %d ms, %d files, %d MB%n",
          kind,
          delayMillis,
          taken.took().toMillis(),
          held.toMillis(),
          taken.files().size(),
          taken.bytes() >> 20);
      return result(second);
    }
  }

  /** Every file with its mode; the random number must be the same wherever it is printed. */
  private static Map<String, String> result(Workbench.Run run) throws Exception {
    Map<String, String> result = new TreeMap<>();
    try (var files = Files.walk(run.folders.scratch())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (file.toString().endsWith(".class")) {
          continue;
        }
        String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        String text =
            new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1);
        result.put(run.folders.scratch().relativize(file) + " " + mode, text);
      }
    }
    Matcher matcher = RANDOM.matcher(run.text("out"));
    assertThat(matcher.find()).as(run.text("out") + run.text("err")).isTrue();
    String number = matcher.group(1);
    assertThat(matcher.find()).as("printed at the end, too").isTrue();
    assertThat(matcher.group(1)).isEqualTo(number);
    result.replaceAll((_, text) -> text.replace("random " + number, "random R"));
    return result;
  }
}
