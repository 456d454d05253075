package io.urubu.classad.regex;

import java.util.List;

/** The places between bytes. */
final class Edges {
  /** The number of a place in this list is its operand in an instruction. */
  static final List<Tree.Place> PLACES = List.of(Tree.Place.values());

  private Edges() {}

  static boolean holds(Tree.Place place, String text, int at, int searchStart) {
    int length = text.length();
    return switch (place) {
      case START -> at == 0;
      case END -> at == length;
      case END_OR_LAST_NEWLINE -> at == length || (at == length - 1 && text.charAt(at) == '\n');
      case LINE_START -> at == 0 || (at < length && text.charAt(at - 1) == '\n');
      case LINE_END -> at == length || text.charAt(at) == '\n';
      case WORD -> isWord(text, at - 1) != isWord(text, at);
      case NOT_WORD -> isWord(text, at - 1) == isWord(text, at);
      case SEARCH_START -> at == searchStart;
    };
  }

  private static boolean isWord(String text, int at) {
    return at >= 0 && at < text.length() && ByteSet.WORD.has(text.charAt(at));
  }
}
