package io.urubu.command.presence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Names one process for good: a pid alone is used again by the kernel.
 *
 * @param pid the process
 * @param startTicks when it started, in clock ticks since boot (field 22 of {@code /proc/PID/stat})
 */
public record ProcessMark(long pid, long startTicks) {

  /** The mark of the process that runs this. */
  public static ProcessMark own() {
    long pid = ProcessHandle.current().pid();
    return of(pid).orElseThrow(() -> new IllegalStateException("/proc is not mounted"));
  }

  /** The mark of a process that runs now; empty when there is none or it is a zombie. */
  public static Optional<ProcessMark> of(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      // The command's name stands in parentheses and may itself contain any character.
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      boolean gone = fields[0].equals("Z") || fields[0].equals("X");
      return gone
          ? Optional.empty()
          : Optional.of(new ProcessMark(pid, Long.parseLong(fields[19])));
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  /** Reads {@link #toString}; empty for anything else. */
  public static Optional<ProcessMark> parse(String text) {
    String[] parts = text.strip().split(" ", -1);
    try {
      return parts.length == 2
          ? Optional.of(new ProcessMark(Long.parseLong(parts[0]), Long.parseLong(parts[1])))
          : Optional.empty();
    } catch (NumberFormatException _) {
      return Optional.empty();
    }
  }

  public boolean isAlive() {
    return of(pid).filter(this::equals).isPresent();
  }

  /** {@code pid startTicks}. */
  @Override
  public String toString() {
    return pid + " " + startTicks;
  }
}
