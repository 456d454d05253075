package io.urubu.pool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Accounts of this host. */
final class Accounts {
  /** Exists everywhere and owns nothing. */
  static final String OTHER = "nobody";

  private Accounts() {}

  static boolean isRoot() throws IOException {
    return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
  }

  /** The words before a command that make it run as that account. */
  static List<String> become(String account) {
    return List.of(
        "setpriv",
        "--reuid=" + account,
        "--regid=nogroup",
        "--clear-groups",
        "--inh-caps=-all",
        "--bounding-set=-all",
        "--");
  }
}
