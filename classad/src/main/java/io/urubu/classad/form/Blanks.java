package io.urubu.classad.form;

import java.io.IOException;

/** What stands between tokens and means nothing: blanks, and comments as in C++. */
final class Blanks {
  private Blanks() {}

  static boolean is(int c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
  }

  static void skip(TextInput in) throws IOException {
    int end = end(in, 0);
    for (int i = 0; i < end; i++) {
      in.take();
    }
  }

  /** How far ahead the blanks and comments end that begin this far ahead. */
  static int end(TextInput in, int from) throws IOException {
    int ahead = from;
    while (true) {
      if (is(in.peek(ahead))) {
        ahead++;
      } else if (in.startsWith("//", ahead)) {
        ahead = past("\n", in, ahead + 2);
      } else if (in.startsWith("/*", ahead)) {
        ahead = past("*/", in, ahead + 2);
      } else {
        return ahead;
      }
    }
  }

  private static int past(String text, TextInput in, int from) throws IOException {
    int ahead = from;
    while (in.peek(ahead) != TextInput.END && !in.startsWith(text, ahead)) {
      ahead++;
    }
    return in.peek(ahead) == TextInput.END ? ahead : ahead + text.length();
  }
}
