package io.urubu.starter.sandbox;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the reporter in a sandbox says. The job's own account can write there, too, as it can choose
 * its exit code: it can lie about itself only, and every line and their number are bounded.
 */
final class Report {
  private static final int LONGEST_LINE = 4096;
  private static final int MOST_LINES = 1000;

  private static final Pattern STATUS = Pattern.compile("status (\\d{1,3})");
  private static final Pattern UNSTARTED = Pattern.compile("unstarted (.*)");

  /** How bash calls the program when it speaks of its end. */
  private static final String THE_PROGRAM = "\"$launcher\" job";

  /** What bash's {@code jobs} says of a program that ended by itself. */
  private static final Pattern BY_ITSELF =
      Pattern.compile("\\[\\d+][+-]?\\s+(Exit \\d+|Done)\\s.*");

  private static final Pattern CPU = Pattern.compile("(\\d+)m([\\d.]+)s (\\d+)m([\\d.]+)s");
  private static final int SIGNAL_OFFSET = 128;

  private final BufferedReader lines;
  private int read;

  Report(InputStream stream) {
    this.lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
  }

  /**
   * @param end empty when the reporter was ended before it knew
   * @param isRestored a program that was brought back was what it had been before it ended
   * @param isAbandoned the coordinator of the library that saves the program had ended before it
   * @param isDamaged that library has ended a process of the program
   * @param user CPU time of the program and of its children that were waited for
   */
  record Ending(
      Optional<ProgramEnd> end,
      boolean isRestored,
      boolean isAbandoned,
      boolean isDamaged,
      Duration user,
      Duration system) {}

  /** Reads lines until that one; false when it never comes. */
  boolean awaitLine(String wanted) throws IOException {
    for (String line = next(); line != null; line = next()) {
      if (line.equals(wanted)) {
        return true;
      }
    }
    return false;
  }

  /** Reads to the end. */
  Ending finish(Runnable starting) throws IOException {
    List<String> said = new ArrayList<>();
    for (String line = next(); line != null; line = next()) {
      if (line.equals("starting")) {
        starting.run();
      }
      said.add(line);
    }
    return ending(said);
  }

  static Ending ending(List<String> said) {
    Optional<ProgramEnd> end = Optional.empty();
    boolean isBySignal = false;
    Duration user = Duration.ZERO;
    Duration system = Duration.ZERO;
    for (String line : said) {
      Matcher unstarted = UNSTARTED.matcher(line);
      Matcher status = STATUS.matcher(line);
      Matcher cpu = CPU.matcher(line);
      if (unstarted.matches()) {
        return new Ending(
            Optional.of(new ProgramEnd.Unstarted(unstarted.group(1))),
            false,
            false,
            false,
            user,
            system);
      } else if (status.matches()) {
        end = Optional.of(end(Integer.parseInt(status.group(1)), isBySignal));
      } else if (cpu.matches()) {
        // First the reporter's own, then its children's.
        user = time(cpu.group(1), cpu.group(2));
        system = time(cpu.group(3), cpu.group(4));
      } else if (line.contains(THE_PROGRAM)) {
        isBySignal = !BY_ITSELF.matcher(line).matches();
      }
    }
    if (end.isPresent() && !said.contains("starting")) {
      end = Optional.of(new ProgramEnd.Broken("the program was never reached: " + said.getFirst()));
    }
    return new Ending(
        end,
        said.contains("restored"),
        said.contains("abandoned"),
        said.contains("damaged"),
        user,
        system);
  }

  private static ProgramEnd end(int status, boolean isBySignal) {
    return status > SIGNAL_OFFSET && isBySignal
        ? new ProgramEnd.Signalled(status - SIGNAL_OFFSET)
        : new ProgramEnd.Exited(status);
  }

  private static Duration time(String minutes, String seconds) {
    return Duration.ofMinutes(Long.parseLong(minutes))
        .plusMillis(Math.round(Double.parseDouble(seconds) * 1000));
  }

  private @Nullable String next() throws IOException {
    StringBuilder line = new StringBuilder();
    int c = lines.read();
    if (c < 0) {
      return null;
    }
    while (c >= 0 && c != '\n') {
      if (line.length() < LONGEST_LINE) {
        line.append((char) c);
      }
      c = lines.read();
    }
    read++;
    if (read > MOST_LINES) {
      throw new IOException("the report has no end: it says '" + line + "'");
    }
    return line.toString();
  }
}
