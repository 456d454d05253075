package io.urubu.cli.pool;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a host must have so that jobs run in sandboxes: installed where that can be done, else named
 * in one line.
 */
final class Prerequisites {
  private static final String DEBIAN_INSTALLER = "apt-get";
  private static final long INSTALL_SECONDS = 300;

  /**
   * A program and the package that brings it, by the same name on Debian, Fedora, Arch and
   * openSUSE.
   */
  private record Need(String program, String packageName) {}

  private static final List<Need> NEEDS =
      List.of(
          new Need("bwrap", "bubblewrap"),
          new Need("setpriv", "util-linux"),
          new Need("prlimit", "util-linux"),
          new Need("setsid", "util-linux"),
          new Need("bash", "bash"));

  private final boolean root;
  private final Progress progress;

  Prerequisites(boolean root, Progress progress) {
    this.root = root;
    this.progress = progress;
  }

  /**
   * Sees to it that everything is there.
   *
   * @throws PoolFailure naming what to install
   */
  void provide() throws IOException {
    List<String> missing = missingPackages();
    if (missing.isEmpty()) {
      return;
    }
    if (Programs.has(DEBIAN_INSTALLER) && install(missing)) {
      missing = missingPackages();
    }
    if (!missing.isEmpty()) {
      String names = String.join(" ", missing);
      throw new PoolFailure(
          "this host lacks what sandboxes need: install %s (Debian: apt-get install %s)"
              .formatted(names, names));
    }
  }

  private static List<String> missingPackages() {
    return NEEDS.stream()
        .filter(need -> !Programs.has(need.program()))
        .map(Need::packageName)
        .distinct()
        .toList();
  }

  /** As root, or where sudo asks for no password. */
  private boolean install(List<String> packages) throws IOException {
    List<String> prefix = root ? List.of() : List.of("sudo", "-n");
    if (!root && !Programs.has("sudo")) {
      return false;
    }
    progress.step("installing " + String.join(", ", packages));
    List<String> install = new ArrayList<>(prefix);
    install.addAll(List.of(DEBIAN_INSTALLER, "install", "-y", "-q"));
    install.addAll(packages);
    if (run(install)) {
      return true;
    }
    // The package lists of a fresh machine are empty.
    List<String> update = new ArrayList<>(prefix);
    update.addAll(List.of(DEBIAN_INSTALLER, "update", "-q"));
    return run(update) && run(install);
  }

  private static boolean run(List<String> command) throws IOException {
    return Programs.run(Map.of("DEBIAN_FRONTEND", "noninteractive"), command, INSTALL_SECONDS)
            .status()
        == 0;
  }
}
