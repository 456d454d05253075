package io.urubu.classad.regex;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Escapes that are neither bytes nor references. */
final class Places {
  private static final Tree LINE_BREAK =
      new Tree.Atomic(
          new Tree.Alternatives(
              List.of(
                  new Tree.Sequence(
                      List.of(new Tree.Bytes(ByteSet.of('\r')), new Tree.Bytes(ByteSet.of('\n')))),
                  new Tree.Bytes(ByteSet.VERTICAL))));
  private static final Tree CHARACTER =
      new Tree.Atomic(
          new Tree.Alternatives(
              List.of(
                  new Tree.Sequence(
                      List.of(new Tree.Bytes(ByteSet.of('\r')), new Tree.Bytes(ByteSet.of('\n')))),
                  new Tree.Bytes(ByteSet.ALL))));

  private Places() {}

  /** Reads the letter behind a backslash; null if it means a byte. */
  static @Nullable Tree read(Cursor cursor) {
    Tree found =
        switch (cursor.peek()) {
          case 'A' -> new Tree.Edge(Tree.Place.START);
          case 'z' -> new Tree.Edge(Tree.Place.END);
          case 'Z' -> new Tree.Edge(Tree.Place.END_OR_LAST_NEWLINE);
          case 'b' -> new Tree.Edge(Tree.Place.WORD);
          case 'B' -> new Tree.Edge(Tree.Place.NOT_WORD);
          case 'G' -> new Tree.Edge(Tree.Place.SEARCH_START);
          case 'K' -> new Tree.Keep();
          case 'N' -> isNamed(cursor) ? null : new Tree.Bytes(ByteSet.NOT_NEWLINE);
          case 'C' -> new Tree.Bytes(ByteSet.ALL);
          case 'R' -> LINE_BREAK;
          case 'X' -> CHARACTER;
          default -> null;
        };
    if (found != null) {
      cursor.next();
    }
    return found;
  }

  /** {@code \N{U+41}} names a character; {@code \N{3}} is a repeat. */
  private static boolean isNamed(Cursor cursor) {
    return cursor.peek(1) == '{' && ByteSet.isLetter(cursor.peek(2));
  }
}
