package io.urubu.submit;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Signals of Linux as people write them: {@code SIGTERM}, {@code term} or {@code 15}. */
final class Signal {
  private static final int LARGEST = 64;
  private static final List<String> FIRST_31 =
      List.of(
          "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2",
          "PIPE", "ALRM", "TERM", "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG",
          "XCPU", "XFSZ", "VTALRM", "PROF", "WINCH", "IO", "PWR", "SYS");
  private static final Map<String, Integer> NUMBER_BY_NAME = new TreeMap<>();

  static final String RULE =
      "a signal's name such as SIGUSR2 or its number from 1 to " + LARGEST + " is allowed";

  static {
    for (int i = 0; i < FIRST_31.size(); i++) {
      NUMBER_BY_NAME.put(FIRST_31.get(i), i + 1);
    }
    NUMBER_BY_NAME.put("CLD", 17);
    NUMBER_BY_NAME.put("POLL", 29);
  }

  private Signal() {}

  /** The number; empty for what is no signal. */
  static Optional<Integer> number(String text) {
    if (text.matches("[0-9]{1,2}")) {
      return Optional.of(Integer.valueOf(text)).filter(n -> n >= 1 && n <= LARGEST);
    }
    String name = text.toUpperCase(Locale.ROOT);
    return Optional.ofNullable(
        NUMBER_BY_NAME.get(name.startsWith("SIG") ? name.substring("SIG".length()) : name));
  }

  /** The name with {@code SIG}; the number itself for one that has no name. */
  static Optional<String> name(String text) {
    return number(text)
        .map(n -> n <= FIRST_31.size() ? "SIG" + FIRST_31.get(n - 1) : Integer.toString(n));
  }
}
