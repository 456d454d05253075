package io.urubu.classad.parse;

/** The text being read, and where it stands in what the caller gave. */
record SourceText(String text, int firstLine) {
  private static final int SHOWN = 100;

  ParseException problem(int at, String problem) {
    int offset = Math.min(at, text.length());
    int lineStart = text.lastIndexOf('\n', offset - 1) + 1;
    int lineEnd = text.indexOf('\n', offset);
    String line = text.substring(lineStart, lineEnd < 0 ? text.length() : lineEnd);
    int number =
        firstLine + (int) text.substring(0, lineStart).chars().filter(c -> c == '\n').count();
    int column = offset - lineStart + 1;
    return new ParseException(
        number, column, number + ":" + column + ": " + problem + picture(line, column));
  }

  /** The part of the line around the column and a caret below it. */
  private static String picture(String line, int column) {
    int from = Math.max(0, Math.min(column - 1 - SHOWN / 2, line.length() - SHOWN));
    int to = Math.min(line.length(), from + SHOWN);
    String before = from > 0 ? "..." : "";
    String after = to < line.length() ? "..." : "";
    String shown = line.substring(from, to).replace('\t', ' ').replace('\r', ' ');
    return "\n  "
        + before
        + shown
        + after
        + "\n  "
        + " ".repeat(before.length() + column - 1 - from)
        + "^";
  }
}
