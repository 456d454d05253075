package io.urubu.classad.parse;

/** Characters that the language has no use for, and what people mean by them. */
final class Characters {
  private static final int LONGEST_NAME = 60;

  private Characters() {}

  /** What is wrong with the character at this offset, at which no token can begin. */
  static ParseException problem(SourceText source, int at) {
    int point = source.text().codePointAt(at);
    String mend = Character.isLetterOrDigit(point) ? name(source.text(), at) : mend(point);
    return source.problem(
        at, "unexpected " + shown(point) + (mend.isEmpty() ? "" : " (" + mend + ")"));
  }

  private static String shown(int point) {
    boolean visible =
        switch (Character.getType(point)) {
          case Character.CONTROL,
              Character.FORMAT,
              Character.SURROGATE,
              Character.UNASSIGNED,
              Character.PRIVATE_USE,
              Character.SPACE_SEPARATOR,
              Character.LINE_SEPARATOR,
              Character.PARAGRAPH_SEPARATOR ->
              false;
          default -> true;
        };
    return "character " + (visible ? "'" + Character.toString(point) + "'" : code(point));
  }

  private static String name(String text, int at) {
    int from = at;
    while (from > 0 && isPartOfName(text.codePointBefore(from))) {
      from -= Character.charCount(text.codePointBefore(from));
    }
    int to = at;
    while (to < text.length() && isPartOfName(text.codePointAt(to))) {
      to += Character.charCount(text.codePointAt(to));
    }
    return to - from > LONGEST_NAME
        ? "such names stand in single quotes"
        : "such a name stands in single quotes: '" + text.substring(from, to) + "'";
  }

  private static boolean isPartOfName(int point) {
    return Character.isLetterOrDigit(point) || point == '_';
  }

  private static String code(int point) {
    return "U+%04X".formatted(point);
  }

  private static String mend(int point) {
    return switch (point) {
      case '\u201C', '\u201D', '\u201E', '\u201F', '\u00AB', '\u00BB' ->
          "strings stand in straight double quotes: \"";
      case '\u2018', '\u2019', '\u201A', '`', '\u00B4' ->
          "strings stand in straight double quotes: \", odd names in straight single ones: '";
      case '\u2010', '\u2011', '\u2012', '\u2013', '\u2014', '\u2212' -> "write '-'";
      case '\u00D7', '\u22C5', '\u00B7' -> "write '*'";
      case '\u00F7' -> "write '/'";
      case '\u2264' -> "write '<='";
      case '\u2265' -> "write '>='";
      case '\u2260' -> "write '!='";
      case '\u2227' -> "write '&&'";
      case '\u2228' -> "write '||'";
      case '\u00AC' -> "write '!'";
      case '#' -> "a comment begins with '//'";
      case '$' -> "macros such as $(NAME) are for submit files and configuration";
      case '@' -> "such a text stands in double quotes: \"user@host\"";
      case '\\' -> "backslashes stand in strings only; a line needs none to go on";
      case 0xFEFF -> "a byte order mark: save the file without one";
      case 0 -> "is this a text?";
      default -> Character.isSpaceChar(point) ? "write a plain blank" : "";
    };
  }
}
