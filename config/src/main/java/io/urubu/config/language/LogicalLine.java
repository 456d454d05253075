package io.urubu.config.language;

import java.util.ArrayList;
import java.util.List;

/**
 * What stands on one line, or on several that a backslash at the end joins. Empty lines and
 * comments are no logical lines.
 *
 * @param position the first physical line
 * @param text without white space around it
 */
public record LogicalLine(Position position, String text) {

  /** Splits a file's text. A comment within a continued line is left out and the line goes on. */
  public static List<LogicalLine> of(String source, String text) {
    List<LogicalLine> lines = new ArrayList<>();
    StringBuilder open = new StringBuilder();
    int first = 0;
    int number = 0;
    for (String physical : withoutMark(text).split("\n", -1)) {
      number++;
      String line = physical.strip();
      if (line.startsWith("#")) {
        continue;
      }
      if (first == 0) {
        first = number;
      }
      if (line.endsWith("\\")) {
        open.append(line, 0, line.length() - 1);
        continue;
      }
      add(lines, source, first, open.append(line));
      open.setLength(0);
      first = 0;
    }
    add(lines, source, first, open);
    return lines;
  }

  private static void add(List<LogicalLine> lines, String source, int first, StringBuilder open) {
    String text = open.toString().strip();
    if (!text.isEmpty()) {
      lines.add(new LogicalLine(new Position(source, first), text));
    }
  }

  /** Editors of other systems begin a file with a byte order mark, which means nothing here. */
  private static String withoutMark(String text) {
    return text.startsWith("\ufeff") ? text.substring(1) : text;
  }
}
