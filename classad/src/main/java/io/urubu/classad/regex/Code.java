package io.urubu.classad.regex;

import io.urubu.classad.limit.Limits;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Instructions, each an operation and three operands, while they are written. */
final class Code {
  static final int WIDTH = 4;

  static final int BYTE = 0;
  static final int SET = 1;
  static final int SPLIT = 2;
  static final int JUMP = 3;
  static final int SAVE = 4;
  static final int CLOSE = 5;
  static final int EDGE = 6;
  static final int BACK = 7;
  static final int RUN = 8;
  static final int RUN_LAZY = 9;
  static final int RUN_POSSESSIVE = 10;
  static final int IF_MOVED = 11;
  static final int MARK = 12;
  static final int CUT = 13;
  static final int RETURN = 14;
  static final int UNWIND = 15;
  static final int BEHIND = 16;
  static final int CHECK = 17;
  static final int IF_GROUP = 18;
  static final int FAIL = 19;
  static final int MATCH = 20;

  private int[] words = new int[WIDTH * 16];
  private int size;
  private final Map<ByteSet, Integer> sets = new LinkedHashMap<>();

  /** The number of the next instruction's first word. */
  int here() {
    return size;
  }

  int add(int operation, int a, int b, int c) throws MalformedPatternException {
    if (size >= WIDTH * Limits.PATTERN_INSTRUCTIONS) {
      throw new MalformedPatternException("a pattern that is too large", 0);
    }
    if (size == words.length) {
      words = Arrays.copyOf(words, 2 * size);
    }
    int at = size;
    words[size++] = operation;
    words[size++] = a;
    words[size++] = b;
    words[size++] = c;
    return at;
  }

  /** Sets an operand of an instruction to the place of the next one. */
  void patch(int at, int operand) {
    words[at + operand] = size;
  }

  /** Takes back what was written from here on. */
  void forget(int from) {
    size = from;
  }

  int set(ByteSet set) {
    return sets.computeIfAbsent(set, _ -> sets.size());
  }

  int[] words() {
    return Arrays.copyOf(words, size);
  }

  ByteSet[] sets() {
    return sets.keySet().toArray(ByteSet[]::new);
  }
}
