package io.urubu.startd.sensors;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** The consoles and pseudo terminals below a folder, which is /dev. */
record Terminals(Path devices) {

  /**
   * The terminals at one moment.
   *
   * @param lastTyped on any of them; empty without terminals
   * @param lastTypedAtConsole empty on a machine without consoles
   */
  record Seen(Set<Path> all, Optional<Instant> lastTyped, Optional<Instant> lastTypedAtConsole) {}

  Seen look() throws IOException {
    Set<Path> all = new HashSet<>();
    Optional<Instant> pseudo = latest(devices.resolve("pts"), "[0-9]*", all);
    Optional<Instant> console = latest(devices, "tty[0-9]*", all);
    Optional<Instant> any =
        pseudo.isPresent() && console.filter(pseudo.get()::isBefore).isEmpty() ? pseudo : console;
    return new Seen(Set.copyOf(all), any, console);
  }

  static boolean isConsole(Path terminal) {
    return terminal.getFileName().toString().startsWith("tty");
  }

  private static Optional<Instant> latest(Path folder, String pattern, Set<Path> all)
      throws IOException {
    Optional<Instant> latest = Optional.empty();
    try (DirectoryStream<Path> terminals = Files.newDirectoryStream(folder, pattern)) {
      for (Path terminal : terminals) {
        all.add(terminal);
        Instant accessed = accessed(terminal);
        if (latest.filter(accessed::isBefore).isEmpty()) {
          latest = Optional.of(accessed);
        }
      }
    } catch (NoSuchFileException _) {
      // A machine without pseudo terminals.
    }
    return latest;
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
