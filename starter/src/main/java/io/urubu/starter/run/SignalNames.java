package io.urubu.starter.run;

import java.util.List;
import java.util.Locale;

/** Linux's signals as job ads name them: {@code SIGTERM}, {@code TERM} or {@code 15}. */
final class SignalNames {
  static final int TERM = 15;

  private static final int LARGEST = 64;
  private static final List<String> IN_ORDER =
      List.of(
          "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2",
          "PIPE", "ALRM", "TERM", "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG",
          "XCPU", "XFSZ", "VTALRM", "PROF", "WINCH", "IO", "PWR", "SYS");

  private SignalNames() {}

  /** {@link #TERM} for what is no signal. */
  static int number(String text) {
    if (text.matches("[0-9]{1,2}")) {
      int number = Integer.parseInt(text);
      return number >= 1 && number <= LARGEST ? number : TERM;
    }
    String name = text.strip().toUpperCase(Locale.ROOT).replaceFirst("^SIG", "");
    int index = IN_ORDER.indexOf(name);
    return index < 0 ? TERM : index + 1;
  }
}
