package io.urubu.classad.function;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Words in one text, apart by blanks. In the second version of the syntax, single quotes keep
 * blanks in a word, and two quotes within quotes are one; the first version has no quotes.
 */
final class Words {
  private Words() {}

  /** The words of the first version. */
  static List<String> plain(String text) {
    List<String> words = new ArrayList<>();
    int from = 0;
    for (int at = 0; at <= text.length(); at++) {
      if (at == text.length() || isBlank(text.charAt(at))) {
        if (at > from) {
          words.add(text.substring(from, at));
        }
        from = at + 1;
      }
    }
    return words;
  }

  /** The words of the second version; null if a quote is not closed. */
  static @Nullable List<String> quoted(String text) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean begun = false;
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '\'') {
        at = closing(text, at + 1, word);
        if (at < 0) {
          return null;
        }
        begun = true;
      } else if (!isBlank(c)) {
        word.append(c);
        begun = true;
      } else if (begun) {
        words.add(word.toString());
        word.setLength(0);
        begun = false;
      }
      at++;
    }
    if (begun) {
      words.add(word.toString());
    }
    return words;
  }

  /** Where the quote that opened before {@code from} closes; -1 if it does not. */
  private static int closing(String text, int from, StringBuilder word) {
    for (int at = from; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c != '\'') {
        word.append(c);
      } else if (at + 1 < text.length() && text.charAt(at + 1) == '\'') {
        word.append(c);
        at++;
      } else {
        return at;
      }
    }
    return -1;
  }

  /** The words in the second version; only what needs quotes is put in quotes. */
  static String quote(List<String> words) {
    StringBuilder text = new StringBuilder();
    for (String word : words) {
      if (!text.isEmpty()) {
        text.append(' ');
      }
      if (word.isEmpty()) {
        text.append("''");
      }
      for (int i = 0; i < word.length(); i++) {
        append(text, word.charAt(i));
      }
    }
    return text.toString();
  }

  private static void append(StringBuilder text, char c) {
    if (!isBlank(c) && c != '\'') {
      text.append(c);
      return;
    }
    int last = text.length() - 1;
    if (last >= 0 && text.charAt(last) == '\'') {
      text.setLength(last); // goes on with the quoted part before
    } else {
      text.append('\'');
    }
    text.append(c == '\'' ? "''" : Character.toString(c)).append('\'');
  }

  /** Whether the first version can write this word. */
  static boolean isPlain(String word) {
    return word.chars().noneMatch(c -> isBlank((char) c));
  }

  static boolean isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
  }
}
