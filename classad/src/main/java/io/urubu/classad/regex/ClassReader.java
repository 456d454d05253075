package io.urubu.classad.regex;

import org.jspecify.annotations.Nullable;

/** Reads the classes of bytes that stand in brackets. */
final class ClassReader {
  private final Cursor cursor;
  private final Flags flags;
  private ByteSet set = ByteSet.NONE;
  private boolean quoting;

  private ClassReader(Cursor cursor, Flags flags) {
    this.cursor = cursor;
    this.flags = flags;
  }

  /** Reads what stands behind the opening bracket. */
  static ByteSet read(Cursor cursor, Flags flags) throws MalformedPatternException {
    return new ClassReader(cursor, flags).whole();
  }

  /** Whether a bracket, just taken, opens {@code [:name:]}, which belongs in another bracket. */
  static boolean isPosix(Cursor cursor) {
    char mark = cursor.peek();
    if (mark != ':' && mark != '.' && mark != '=') {
      return false;
    }
    for (int i = 1; cursor.peek(i) != '\uFFFF'; i++) {
      char c = cursor.peek(i);
      if (c == '\\' && (cursor.peek(i + 1) == ']' || cursor.peek(i + 1) == '\\')) {
        i++;
      } else if (c == ']' || (c == '[' && cursor.peek(i + 1) == mark)) {
        return false;
      } else if (c == mark && cursor.peek(i + 1) == ']') {
        return true;
      }
    }
    return false;
  }

  private ByteSet whole() throws MalformedPatternException {
    boolean negative = cursor.take("^");
    boolean first = true;
    while (true) {
      skipQuotes();
      if (cursor.isAtEnd()) {
        throw cursor.malformed("a class that does not end");
      }
      if (cursor.peek() == ']' && !first && !quoting) {
        cursor.next();
        return negative ? set.not() : set;
      }
      item();
      first = false;
    }
  }

  private void skipQuotes() {
    while (true) {
      if (quoting ? cursor.take("\\E") : cursor.take("\\Q")) {
        quoting = !quoting;
      } else if (quoting || !(cursor.take("\\E") || skipsBlank())) {
        return;
      }
    }
  }

  private boolean skipsBlank() {
    return flags.classLayout() && (cursor.take(" ") || cursor.take("\t"));
  }

  private void item() throws MalformedPatternException {
    ByteSet several = several();
    if (several != null) {
      set = set.or(several);
      if (isRangeNext()) {
        throw cursor.malformed("a range that begins with a set");
      }
      return;
    }
    int from = one();
    skipQuotes();
    if (!isRangeNext()) {
      add(from, from);
      return;
    }
    cursor.next();
    skipQuotes();
    if (several() != null) {
      throw cursor.malformed("a range that ends in a set");
    }
    int to = one();
    if (to < from) {
      throw cursor.malformed("a range out of order");
    }
    add(from, to);
  }

  private boolean isRangeNext() {
    return !quoting
        && cursor.peek() == '-'
        && cursor.peek(1) != ']'
        && !(cursor.peek(1) == '\\' && cursor.peek(2) == 'E' && cursor.peek(3) == ']')
        && cursor.peek(1) != '\uFFFF';
  }

  private void add(int from, int to) {
    ByteSet range = ByteSet.range(from, to);
    set = set.or(flags.ignoreCase() ? range.folded() : range);
  }

  /** A named class or an escape that stands for a set; null if one byte comes next. */
  private @Nullable ByteSet several() throws MalformedPatternException {
    if (quoting) {
      return null;
    }
    int start = cursor.at();
    if (cursor.take("[")) {
      if (isPosix(cursor)) {
        return PosixClasses.read(cursor, flags.ignoreCase());
      }
    } else if (cursor.take("\\")) {
      ByteSet escaped = Escapes.set(cursor);
      if (escaped != null) {
        return escaped;
      }
    }
    cursor.back(start);
    return null;
  }

  private int one() throws MalformedPatternException {
    char c = cursor.next();
    if (c != '\\' || quoting) {
      return c;
    }
    return cursor.take("b") ? '\b' : Escapes.literal(cursor);
  }
}
