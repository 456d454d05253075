package io.urubu.starter.run;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits HTCondor's lists of words: white space parts them, single quotes keep it together, and two
 * of these within quotes stand for one.
 */
final class Words {
  private Words() {}

  static List<String> split(String text) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean isWord = false;
    boolean isQuoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\'') {
        boolean isTwice = isQuoted && i + 1 < text.length() && text.charAt(i + 1) == '\'';
        if (isTwice) {
          word.append(c);
          i++;
        } else {
          isQuoted = !isQuoted;
          isWord = true;
        }
      } else if (Character.isWhitespace(c) && !isQuoted) {
        if (isWord) {
          words.add(word.toString());
          word.setLength(0);
          isWord = false;
        }
      } else {
        word.append(c);
        isWord = true;
      }
    }
    if (isWord) {
      words.add(word.toString());
    }
    return words;
  }
}
