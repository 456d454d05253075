package io.urubu.startd.sensors;

import static org.assertj.core.api.Assertions.assertThat;

import io.urubu.classad.ClassAd;
import io.urubu.startd.pool.Await;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real pseudo terminal on which somebody types, or a program prints. */
@Tag("module")
class TypedInputTest {
  @TempDir Path folder;

  /** A terminal with a shell command on it; {@code script} holds the keyboard's end. */
  private final class Terminal implements AutoCloseable {
    private final Process script;
    private final OutputStream keyboard;
    final Path device;

    Terminal(String command) throws Exception {
      Path told = folder.resolve("tty");
      script =
          new ProcessBuilder(
                  "script", "-q", "-f", "-c", "tty > " + told + "; " + command, "/dev/null")
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectErrorStream(true)
              .start();
      keyboard = script.getOutputStream();
      Await.until("the terminal is there", () -> Files.exists(told) && Files.size(told) > 5);
      device = Path.of(Files.readString(told).strip());
    }

    void type(String text) throws IOException {
      keyboard.write(text.getBytes(StandardCharsets.UTF_8));
      keyboard.flush();
    }

    @Override
    public void close() {
      script.descendants().forEach(ProcessHandle::destroyForcibly);
      script.destroyForcibly().onExit().join();
    }
  }

  @Test
  void typedInputIsToldAtOnce() throws Exception {
    try (Terminal terminal = new Terminal("cat > /dev/null");
        TypedInput input = TypedInput.open(InstantSource.system())) {
      Semaphore woken = new Semaphore(0);
      input.onInput(woken::release);
      input.watch(Set.of(terminal.device));
      assertThat(input.watched()).isEqualTo(1);

      terminal.type("a line\n");

      assertThat(woken.tryAcquire(2, TimeUnit.SECONDS)).isTrue();
      assertThat(input.last()).isPresent();
      assertThat(input.lastAtConsole()).isEmpty();
    }
  }

  @Test
  void printingIsNoInput() throws Exception {
    Path printed = folder.resolve("printed");
    try (Terminal terminal =
            new Terminal(
                "for i in 1 2 3 4 5 6 7 8; do echo line; sleep 0.05; done; touch "
                    + printed
                    + "; sleep 60");
        TypedInput input = TypedInput.open(InstantSource.system())) {
      Semaphore woken = new Semaphore(0);
      input.onInput(woken::release);
      input.watch(Set.of(terminal.device));

      Await.until("all is printed", () -> Files.exists(printed));

      assertThat(woken.tryAcquire(300, TimeUnit.MILLISECONDS)).isFalse();
      assertThat(input.last()).isEmpty();
    }
  }

  @Test
  void aTerminalThatGoesIsForgottenAndItsNumberWatchedAnew() throws Exception {
    try (TypedInput input = TypedInput.open(InstantSource.system())) {
      Semaphore woken = new Semaphore(0);
      input.onInput(woken::release);
      try (Terminal terminal = new Terminal("cat > /dev/null")) {
        input.watch(Set.of(terminal.device));
      }
      Files.delete(folder.resolve("tty"));
      Await.until(
          "the watch is gone",
          () -> {
            input.watch(Set.of());
            return input.watched() == 0;
          });

      try (Terminal next = new Terminal("cat > /dev/null")) {
        input.watch(Set.of(next.device));
        next.type("x\n");
        assertThat(woken.tryAcquire(2, TimeUnit.SECONDS)).isTrue();
      }
    }
  }

  @Test
  void idleTimeCountsFromTheLastKey() throws Exception {
    try (Terminal terminal = new Terminal("cat > /dev/null");
        TypedInput input = TypedInput.open(InstantSource.system())) {
      Path devices = folder.resolve("dev");
      Files.createDirectories(devices.resolve("pts"));
      Files.createSymbolicLink(devices.resolve("pts/0"), terminal.device);
      InputSensor sensor =
          new InputSensor(new Terminals(devices), input, InstantSource.system(), System::nanoTime);
      sensor.sense(ClassAd.builder());

      terminal.type("x\n");

      Await.until("the key is seen", () -> input.last().isPresent());
      ClassAd.Builder readings = ClassAd.builder();
      sensor.sense(readings);
      assertThat(readings.build().integer("KeyboardIdle").orElseThrow()).isLessThanOrEqualTo(1);
      assertThat(readings.build().has("ConsoleIdle")).isFalse();
    }
  }

  @Test
  void aMachineWhoseTerminalsCannotBeReadIsInUse() throws Exception {
    Path devices = Files.createDirectories(folder.resolve("dev"));
    Files.writeString(devices.resolve("pts"), "no folder");
    Sensors sensors =
        new Sensors(
            new Sensors.Places(devices, folder, "MARK=", java.util.Optional.empty()),
            new Sensors.Time(
                InstantSource.system(), java.time.ZoneId.systemDefault(), System::nanoTime));

    Sensors.Readings readings = sensors.read();

    assertThat(readings.failure().orElseThrow()).contains("the sensor input failed");
    assertThat(readings.attributes().integer("KeyboardIdle")).hasValue(0);
    sensors.close();
  }
}
