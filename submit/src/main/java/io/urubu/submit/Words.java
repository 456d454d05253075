package io.urubu.submit;

import java.util.Arrays;
import java.util.List;

/** Lists as people write them. */
final class Words {
  private Words() {}

  /** What commas or white space separate. */
  static List<String> of(String text) {
    return split(text, "[,\\s]+");
  }

  /** File names, which only commas separate: a name may hold spaces. */
  static List<String> files(String text) {
    return split(text, ",");
  }

  /** What white space separates. */
  static List<String> ofSpaces(String text) {
    return split(text, "\\s+");
  }

  private static List<String> split(String text, String separators) {
    return Arrays.stream(text.split(separators, -1))
        .map(String::strip)
        .filter(word -> !word.isEmpty())
        .toList();
  }

  static boolean isUrl(String name) {
    int colon = name.indexOf("://");
    return colon > 0
        && name.substring(0, colon).chars().allMatch(c -> Character.isLetterOrDigit(c) || c == '+');
  }
}
