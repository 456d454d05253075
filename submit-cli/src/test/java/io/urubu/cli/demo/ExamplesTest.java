package io.urubu.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs that the demonstration moves, without a pool. */
@Tag("module")
final class ExamplesTest {
  private static final Path OWNER = Path.of("../examples/owner").toAbsolutePath().normalize();
  private static final int SAVED = 85;

  @TempDir Path folder;

  private int run(String... command) throws Exception {
    Process process = start(command);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  private Process start(String... command) throws IOException {
    return new ProcessBuilder(command)
        .directory(folder.toFile())
        .redirectOutput(folder.resolve("stdout").toFile())
        .redirectError(folder.resolve("stderr").toFile())
        .start();
  }

  @Test
  void theProgramThatSavesItselfGoesOnWhereItWas() throws Exception {
    Input.NUMBERS.into(folder, 1000);
    String program = OWNER.resolve("divisors.sh").toString();
    assertThat(run(program, "numbers.txt", "one.out")).isZero();
    int saves = 0;

    int status;
    do {
      Process process = start(program, "numbers.txt", "other.out");
      while (process.isAlive() && !Files.exists(folder.resolve("other.out"))) {
        LockSupport.parkNanos(1_000_000);
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
      if (saves < 3 && process.isAlive()) {
        run("kill", "-USR2", Long.toString(process.pid()));
      }
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      status = process.exitValue();
      saves += status == SAVED ? 1 : 0;
    } while (status == SAVED);

    assertThat(status).isZero();
    assertThat(saves).isEqualTo(3);
    Outputs outputs = Outputs.read(folder.resolve("one.out"), folder.resolve("other.out"));
    assertThat(outputs.firstDifference()).isEmpty();
    assertThat(outputs.keptNumber()).isPresent();
    assertThat(outputs.onlyGoesForward()).isTrue();
  }

  @Test
  void thePythonProgramIsTheSameEachTime() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/python3")), "no python3 on this host");
    Input.WORDS.into(folder, 4000);

    assertThat(run("/usr/bin/python3", OWNER.resolve("likeness.py").toString(), "words.txt"))
        .isZero();
    Path first = Files.copy(folder.resolve("stdout"), folder.resolve("first"));
    assertThat(run("/usr/bin/python3", OWNER.resolve("likeness.py").toString(), "words.txt"))
        .isZero();

    Outputs outputs = Outputs.read(first, folder.resolve("stdout"));
    assertThat(outputs.firstDifference()).isEmpty();
    assertThat(outputs.keptNumber()).isPresent();
    assertThat(outputs.onlyGoesForward()).isTrue();
  }

  @Test
  void theCProgramIsTheSameEachTime() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/cc")), "no C compiler on this host");
    Input.WORDS.into(folder, 4000);
    String program = folder.resolve("nearest").toString();
    assertThat(run("/usr/bin/cc", "-O2", "-o", program, OWNER.resolve("nearest.c").toString()))
        .isZero();

    assertThat(run(program, "words.txt")).isZero();
    Path first = Files.copy(folder.resolve("stdout"), folder.resolve("first"));
    assertThat(run(program, "words.txt")).isZero();

    Outputs outputs = Outputs.read(first, folder.resolve("stdout"));
    assertThat(outputs.firstDifference()).isEmpty();
    assertThat(outputs.keptNumber()).isPresent();
    assertThat(outputs.onlyGoesForward()).isTrue();
  }

  @Test
  void theInputIsTheSameEachTime() throws Exception {
    for (Input input : Input.values()) {
      List<String> first = Files.readAllLines(input.into(folder, 300));

      assertThat(first).hasSize(300);
      assertThat(Files.readAllLines(input.into(folder, 300))).isEqualTo(first);
    }
  }
}
