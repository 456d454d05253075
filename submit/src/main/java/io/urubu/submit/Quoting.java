package io.urubu.submit;

import java.util.ArrayList;
import java.util.List;

/**
 * The new syntax of arguments and environment: double quotes around everything, words between white
 * space, single quotes around what holds white space; each quote doubled stands for itself.
 */
final class Quoting {
  private static final String SPACE = " \t\r\n";

  private Quoting() {}

  static boolean isNew(String text) {
    return text.startsWith("\"");
  }

  /** The words of a text in new syntax, double quotes included. */
  static List<String> words(String quoted) throws Refusal {
    String text = withoutDoubleQuotes(quoted);
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean inWord = false;
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '\'') {
        at = quotedPart(text, at, word);
        inWord = true;
        continue;
      }
      if (SPACE.indexOf(c) < 0) {
        word.append(c);
        inWord = true;
      } else if (inWord) {
        words.add(word.toString());
        word.setLength(0);
        inWord = false;
      }
      at++;
    }
    if (inWord) {
      words.add(word.toString());
    }
    return words;
  }

  /** Appends what stands between the single quotes; returns where the text goes on. */
  private static int quotedPart(String text, int quote, StringBuilder word) throws Refusal {
    int at = quote + 1;
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c != '\'') {
        word.append(c);
      } else if (at < text.length() && text.charAt(at) == '\'') {
        word.append(c);
        at++;
      } else {
        return at;
      }
    }
    throw new Refusal(
        "the single quote before %s is never closed; close it, or write '' for a quote itself"
            .formatted(text.substring(quote + 1)));
  }

  private static String withoutDoubleQuotes(String quoted) throws Refusal {
    StringBuilder text = new StringBuilder();
    int at = 1;
    while (at < quoted.length()) {
      char c = quoted.charAt(at++);
      if (c != '"') {
        text.append(c);
      } else if (at < quoted.length() && quoted.charAt(at) == '"') {
        text.append(c);
        at++;
      } else if (at == quoted.length()) {
        return text.toString();
      } else {
        throw new Refusal(
            "text follows the closing double quote: %s; write \"\" for a quote itself"
                .formatted(quoted.substring(at)));
      }
    }
    throw new Refusal("the double quote at the beginning is never closed; put one at the end");
  }

  /** The words in the form that an ad holds: new syntax without the double quotes. */
  static String join(List<String> words) {
    StringBuilder text = new StringBuilder();
    for (String word : words) {
      if (!text.isEmpty()) {
        text.append(' ');
      }
      text.append(quoted(word));
    }
    return text.toString();
  }

  private static String quoted(String word) {
    if (word.isEmpty()) {
      return "''";
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      if (c != '\'' && SPACE.indexOf(c) < 0) {
        text.append(c);
        continue;
      }
      if (!text.isEmpty() && text.charAt(text.length() - 1) == '\'') {
        text.setLength(text.length() - 1);
      } else {
        text.append('\'');
      }
      text.append(c == '\'' ? "''" : c).append('\'');
    }
    return text.toString();
  }
}
