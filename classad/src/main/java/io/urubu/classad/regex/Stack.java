package io.urubu.classad.regex;

import java.util.Arrays;

/** What a search goes back to when it fails: other ways to go on, and registers to put back. */
final class Stack {
  static final int WIDTH = 4;

  /** Go on at {@code a} from the place {@code b}. */
  static final int CHOICE = 0;

  /** Go on at {@code a} from the places {@code b} down to {@code c}. */
  static final int DOWN = 1;

  /** Go on at {@code a} from the places {@code b} up to {@code c}. */
  static final int UP = 2;

  /** Take one more byte for the run at {@code a} from the place {@code b}, {@code c} times. */
  static final int MORE = 3;

  /** Put {@code b} back into the register {@code a}. */
  static final int UNDO = 4;

  private static final int LARGEST = WIDTH << 20;

  private int[] words = new int[WIDTH * 16];
  private int size;

  int size() {
    return size;
  }

  void clear() {
    size = 0;
  }

  void push(int kind, int a, int b, int c) {
    if (size == words.length) {
      if (size >= LARGEST) {
        throw new TooComplexException("a regular expression that needs too much memory");
      }
      words = Arrays.copyOf(words, 2 * size);
    }
    words[size++] = kind;
    words[size++] = a;
    words[size++] = b;
    words[size++] = c;
  }

  void pop() {
    size -= WIDTH;
  }

  /** A word of the entry on top: 0 is its kind. */
  int top(int word) {
    return words[size - WIDTH + word];
  }

  void setTop(int word, int value) {
    words[size - WIDTH + word] = value;
  }

  /** Forgets the choices above this size; what is to be put back stays. */
  void cut(int height) {
    int kept = height;
    for (int at = height; at < size; at += WIDTH) {
      if (words[at] == UNDO) {
        System.arraycopy(words, at, words, kept, WIDTH);
        kept += WIDTH;
      }
    }
    size = kept;
  }
}
