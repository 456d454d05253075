package io.urubu.startd.starters;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How a program is run under a lent account, and how what a starter started is known again. */
public final class Lending {
  static final String PATH = "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin";

  private Lending() {}

  /**
   * The command, run under that account with no privilege left. Namespaces of the account's own can
   * still be made.
   */
  public static List<String> as(int uid, List<String> command) {
    List<String> whole =
        new ArrayList<>(
            List.of(
                "setpriv",
                "--reuid=" + uid,
                "--regid=" + uid,
                "--clear-groups",
                "--no-new-privs",
                "--inh-caps=-all",
                "--bounding-set=-all",
                "--"));
    whole.addAll(command);
    return whole;
  }

  /** How {@link #mark} begins for the starters below that folder. */
  public static String markBelow(Path execute) {
    return mark(execute) + "/";
  }

  /** Stands in the environment of a starter, and so of whatever it starts. */
  static String mark(Path folder) {
    return "URUBU_STARTER_FOLDER=" + folder;
  }
}
