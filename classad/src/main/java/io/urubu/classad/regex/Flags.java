package io.urubu.classad.regex;

/** The options that hold at a place of a pattern. */
record Flags(
    boolean ignoreCase,
    boolean manyLines,
    boolean dotAll,
    boolean layout,
    boolean classLayout,
    boolean lazy,
    boolean plainGroups,
    boolean sameNames) {
  private static final Flags NONE =
      new Flags(false, false, false, false, false, false, false, false);

  /** The options of these letters; letters that are none are ignored. */
  static Flags of(String letters) {
    Flags flags = NONE;
    for (int i = 0; i < letters.length(); i++) {
      char letter = letters.charAt(i);
      if ("imsx".indexOf(letter) >= 0) {
        flags = flags.with(letter, true);
      }
    }
    return flags;
  }

  /** Reads the letters of {@code (?i-m} up to {@code )} or {@code :}, which is left there. */
  Flags read(Cursor cursor) throws MalformedPatternException {
    Flags flags = this;
    boolean set = true;
    boolean hyphen = false;
    if (cursor.take("^")) {
      flags = new Flags(false, false, false, false, false, lazy, false, sameNames);
      hyphen = true;
    }
    while (cursor.peek() != ')' && cursor.peek() != ':') {
      if (cursor.isAtEnd()) {
        throw cursor.malformed("options that do not end");
      }
      char letter = cursor.next();
      if (letter == '-' && !hyphen) {
        set = false;
        hyphen = true;
      } else if ("imsxnJU".indexOf(letter) < 0) {
        throw cursor.malformed("no option " + letter);
      } else {
        flags = flags.with(letter, set);
        if (letter == 'x' && cursor.take("x")) {
          flags = flags.with('X', set);
        }
      }
    }
    return flags;
  }

  private Flags with(char letter, boolean set) {
    return new Flags(
        letter == 'i' ? set : ignoreCase,
        letter == 'm' ? set : manyLines,
        letter == 's' ? set : dotAll,
        letter == 'x' ? set : layout,
        letter == 'X' ? set : letter == 'x' ? false : classLayout,
        letter == 'U' ? set : lazy,
        letter == 'n' ? set : plainGroups,
        letter == 'J' ? set : sameNames);
  }
}
