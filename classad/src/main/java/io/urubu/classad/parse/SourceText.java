package io.urubu.classad.parse;

/**
 * A text to read, what its reader calls it (often the name of a file; empty for nothing), and the
 * number of its first line there.
 */
public record SourceText(String text, String name, int firstLine) {
  private static final int SHOWN = 100;
  private static final String CUT = "...";

  public static SourceText of(String text) {
    return of(text, "");
  }

  public static SourceText of(String text, String name) {
    return new SourceText(text, name, 1);
  }

  /** The same without what stands from this offset on. */
  SourceText until(int end) {
    return new SourceText(text.substring(0, end), name, firstLine);
  }

  /** What is wrong at this offset; {@code problem} names culprit, expectation and mend. */
  public ParseException problem(int at, String problem) {
    return new ParseException(remark(at, problem));
  }

  /** Words about this offset. */
  public Remark remark(int at, String words) {
    int offset = Math.min(at, text.length());
    Place place = place(offset);
    String message = (name.isEmpty() ? "" : name + ":") + place + ": " + words + picture(offset);
    return new Remark(name, place.line(), place.column(), words, message);
  }

  /** What is wrong with the text as a whole. */
  ParseException problem(String problem) {
    String message = (name.isEmpty() ? "" : name + ": ") + problem;
    return new ParseException(new Remark(name, firstLine, 1, problem, message));
  }

  /** Where this offset is. */
  Place place(int at) {
    int lineStart = lineStart(at);
    int line = firstLine;
    for (int i = 0; i < lineStart; i++) {
      line += text.charAt(i) == '\n' ? 1 : 0;
    }
    return new Place(line, text.codePointCount(lineStart, at) + 1);
  }

  private int lineStart(int at) {
    return text.lastIndexOf('\n', at - 1) + 1;
  }

  /** The part of the line around the offset, and a caret below it. */
  private String picture(int at) {
    int lineStart = lineStart(at);
    int newline = text.indexOf('\n', at);
    int[] line =
        text.substring(lineStart, newline < 0 ? text.length() : newline)
            .stripTrailing()
            .codePoints()
            .map(SourceText::harmless)
            .toArray();
    int column = text.codePointCount(lineStart, at);
    int from = Math.max(0, Math.min(column - SHOWN / 2, line.length - SHOWN));
    int to = Math.min(line.length, from + SHOWN);
    String before = from > 0 ? CUT : "";
    String after = to < line.length ? CUT : "";
    return "\n  "
        + before
        + new String(line, from, to - from)
        + after
        + "\n  "
        + " ".repeat(before.length() + column - from)
        + "^";
  }

  /** One column wide each, and without effect on a terminal. */
  private static int harmless(int point) {
    boolean blank = point == '\t' || Character.isSpaceChar(point);
    boolean shown =
        !Character.isISOControl(point)
            && Character.getType(point) != Character.FORMAT
            && Character.getType(point) != Character.SURROGATE;
    return blank ? ' ' : shown ? point : '?';
  }
}
