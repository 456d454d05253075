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

  /** What a line that begins with # is within a continued line. */
  public enum Within {
    /** A comment: it is left out and the line goes on after it. */
    COMMENT,
    /** A part of the line like any other. */
    TEXT
  }

  /** Splits a file's text. */
  public static List<LogicalLine> of(String source, String text, Within within) {
    List<LogicalLine> lines = new ArrayList<>();
    StringBuilder open = new StringBuilder();
    int first = 0;
    int number = 0;
    for (String physical : withoutMark(text).split("\n", -1)) {
      number++;
      String line = physical.strip();
      if (line.startsWith("#") && (open.isEmpty() || within == Within.COMMENT)) {
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
