package io.urubu.schedd.spawner;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** An account of this host, as its user database has it. */
record Account(String name, int uid, int gid) {
  /** What useradd allows; no option of a program looks like it. */
  private static final Pattern NAME = Pattern.compile("[a-z_][a-z0-9_.\\-]{0,31}");

  private static final long LOOKUP_SECONDS = 10;

  /** Asks getent, which knows accounts of directory services too. */
  static Optional<Account> named(String name) {
    if (!NAME.matcher(name).matches()) {
      return Optional.empty();
    }
    try {
      Process getent =
          new ProcessBuilder("getent", "passwd", name)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      try (BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(getent.getInputStream(), StandardCharsets.UTF_8))) {
        String line = lines.readLine();
        boolean ended = getent.waitFor(LOOKUP_SECONDS, TimeUnit.SECONDS);
        return ended && getent.exitValue() == 0 && line != null
            ? parse(name, line)
            : Optional.empty();
      } finally {
        getent.destroyForcibly();
      }
    } catch (IOException _) {
      return Optional.empty();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /** Reads a line of the user database; one of another name is none. */
  static Optional<Account> parse(String name, String line) {
    String[] fields = line.split(":", -1);
    if (fields.length < 4 || !fields[0].equals(name)) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Account(name, Integer.parseInt(fields[2]), Integer.parseInt(fields[3])));
    } catch (NumberFormatException _) {
      return Optional.empty();
    }
  }
}
