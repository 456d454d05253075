package io.urubu.classad.ast;

import io.urubu.classad.intern.Interner;

/**
 * A name as it was written and the key it is looked up by. Names differ only by more than the case
 * of ASCII letters, whatever the locale.
 */
public record Name(String text, String key) {
  private static final int SHARED_LENGTH = 100;

  // Shared by all ads of the process, which have mostly the same names.
  private static final Interner<String, Name> SHARED = new Interner<>(8192);

  public static Name of(String text) {
    return text.length() > SHARED_LENGTH ? made(text) : SHARED.get(text, Name::made);
  }

  private static Name made(String text) {
    return new Name(text, key(text));
  }

  /** The text itself when it has no upper-case ASCII letter. */
  public static String key(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 'A' && c <= 'Z') {
        return lower(text, i);
      }
    }
    return text;
  }

  private static String lower(String text, int from) {
    char[] chars = text.toCharArray();
    for (int i = from; i < chars.length; i++) {
      char c = chars[i];
      if (c >= 'A' && c <= 'Z') {
        chars[i] = (char) (c + ('a' - 'A'));
      }
    }
    return new String(chars);
  }
}
