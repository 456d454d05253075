package io.urubu.startd.sensors;

import io.urubu.classad.ClassAd;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * Seconds since somebody typed on a terminal of the machine, from the access times of consoles and
 * pseudo terminals. Where nobody ever did, they count from the machine's start.
 *
 * @param ticker counts from the machine's start
 */
record TerminalSensor(Path devices, InstantSource clock, LongSupplier ticker) implements Sensor {
  @Override
  public void sense(ClassAd.Builder readings) throws IOException {
    Instant latest =
        later(later(Instant.EPOCH, devices.resolve("pts"), "[0-9]*"), devices, "tty[0-9]*");
    long sinceStart = Duration.ofNanos(ticker.getAsLong()).toSeconds();
    long idle = Duration.between(latest, clock.instant()).toSeconds();
    readings.put("KeyboardIdle", Math.clamp(idle, 0, Math.max(0, sinceStart)));
  }

  private static Instant later(Instant latest, Path folder, String pattern) throws IOException {
    Instant result = latest;
    try (DirectoryStream<Path> terminals = Files.newDirectoryStream(folder, pattern)) {
      for (Path terminal : terminals) {
        Instant accessed = accessed(terminal);
        result = accessed.isAfter(result) ? accessed : result;
      }
    } catch (NoSuchFileException _) {
      // A machine without pseudo terminals.
    }
    return result;
  }

  private static Instant accessed(Path terminal) throws IOException {
    try {
      return Files.readAttributes(terminal, BasicFileAttributes.class).lastAccessTime().toInstant();
    } catch (NoSuchFileException _) {
      // Closed between the listing and the look.
      return Instant.EPOCH;
    }
  }
}
