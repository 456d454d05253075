package io.urubu.classad.regex;

import io.urubu.classad.limit.Limits;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A search of a text. It goes back from failures by a stack of its own, and each instruction, each
 * byte looked at and each step back counts as work. For one thread.
 */
public final class Matcher {
  private static final int UNSET = -1;
  private static final int FAILED = -1;
  private static final int MATCHED = -2;
  private static final int EXHAUSTED = -3;

  private final Pattern pattern;
  private final String text;
  private final int[] code;
  private final int[] registers;
  private final Stack stack = new Stack();
  private int at;
  private int searchStart;
  private int work;

  Matcher(Pattern pattern, String text) {
    this.pattern = pattern;
    this.text = text;
    this.code = pattern.code();
    this.registers = new int[pattern.registers()];
    Arrays.fill(registers, UNSET);
  }

  /**
   * Finds the next match, after the one found before if any.
   *
   * @throws TooComplexException when that takes too much work or memory
   */
  public boolean find() {
    boolean again = registers[1] != UNSET;
    int from = !again ? 0 : registers[1] == registers[0] ? registers[1] + 1 : registers[1];
    work = 0;
    searchStart = from;
    int start = from > text.length() ? from : pattern.candidate(text, from);
    while (start <= text.length()) {
      spend(1 + (start - from) / 8);
      from = start;
      if (matchesAt(start)) {
        return true;
      }
      start = start == text.length() ? start + 1 : pattern.candidate(text, start + 1);
    }
    Arrays.fill(registers, UNSET);
    return false;
  }

  /** How much work the search was that was made last. */
  public int work() {
    return work;
  }

  public int start() {
    return registers[0];
  }

  public int end() {
    return registers[1];
  }

  public int groupCount() {
    return pattern.groups();
  }

  /** What a group matched; null if it did not. */
  public @Nullable String group(int number) {
    int from = registers[2 * number];
    return from == UNSET || registers[2 * number + 1] == UNSET
        ? null
        : text.substring(Math.min(from, registers[2 * number + 1]), registers[2 * number + 1]);
  }

  private void spend(int more) {
    work += more;
    if (work > Limits.SEARCH_STEPS || work < 0) {
      work = Limits.SEARCH_STEPS;
      throw new TooComplexException(
          "a regular expression that takes more than " + Limits.SEARCH_STEPS + " steps");
    }
  }

  private boolean matchesAt(int start) {
    stack.clear();
    Arrays.fill(registers, UNSET);
    registers[0] = start;
    at = start;
    int pc = 0;
    while (true) {
      spend(1);
      pc = pc == FAILED ? backtrack() : step(pc);
      if (pc == MATCHED) {
        registers[1] = at;
        return true;
      }
      if (pc == EXHAUSTED) {
        return false;
      }
    }
  }

  /** Runs one instruction; the number of the next one, or what became of it. */
  private int step(int pc) {
    int next = pc + Code.WIDTH;
    int a = code[pc + 1];
    int b = code[pc + 2];
    return switch (code[pc]) {
      case Code.BYTE -> take(at < text.length() && text.charAt(at) == a, next);
      case Code.SET -> take(at < text.length() && pattern.sets()[a].has(text.charAt(at)), next);
      case Code.SPLIT -> {
        stack.push(Stack.CHOICE, b, at, 0);
        yield a;
      }
      case Code.JUMP -> a;
      case Code.SAVE -> set(a, at, next);
      case Code.CLOSE -> set(a + 1, at, set(a, registers[b], next));
      case Code.EDGE -> Edges.holds(Edges.PLACES.get(a), text, at, searchStart) ? next : FAILED;
      case Code.BACK -> back(a, b == 1, next);
      case Code.RUN, Code.RUN_LAZY, Code.RUN_POSSESSIVE -> run(pc, next);
      case Code.IF_MOVED -> registers[a] == at ? next : b;
      case Code.MARK -> mark(a, next);
      case Code.CUT -> {
        spend((stack.size() - registers[a]) / Stack.WIDTH);
        stack.cut(registers[a]);
        yield next;
      }
      case Code.RETURN -> {
        at = registers[a];
        yield next;
      }
      case Code.UNWIND -> unwind(registers[a]);
      case Code.BEHIND -> behind(a, b, next);
      case Code.CHECK -> registers[a] == at ? next : FAILED;
      case Code.IF_GROUP -> registers[2 * a + 1] == UNSET ? b : next;
      case Code.FAIL -> FAILED;
      case Code.MATCH -> MATCHED;
      default -> throw new IllegalStateException("instruction " + code[pc]);
    };
  }

  private int take(boolean found, int next) {
    if (!found) {
      return FAILED;
    }
    at++;
    return next;
  }

  private int set(int register, int value, int next) {
    stack.push(Stack.UNDO, register, registers[register], 0);
    registers[register] = value;
    return next;
  }

  /** The mark stays when all that is above it goes. */
  private int mark(int register, int next) {
    stack.push(Stack.UNDO, register, registers[register], 0);
    registers[register] = stack.size();
    return next;
  }

  private int run(int pc, int next) {
    ByteSet set = pattern.sets()[code[pc + 1]];
    int fewest = code[pc + 2];
    int most = code[pc + 3];
    boolean lazy = code[pc] == Code.RUN_LAZY;
    int start = at;
    int limit = (int) Math.min(text.length(), start + (long) (lazy ? fewest : most));
    while (at < limit && set.has(text.charAt(at))) {
      at++;
    }
    spend((at - start) / 8);
    if (at - start < fewest) {
      return FAILED;
    }
    if (lazy && most > fewest) {
      stack.push(Stack.MORE, pc, at, most - fewest);
    } else if (code[pc] == Code.RUN && at - start > fewest) {
      stack.push(Stack.DOWN, next, at - 1, start + fewest);
    }
    return next;
  }

  private int back(int group, boolean ignoreCase, int next) {
    int from = registers[2 * group];
    int to = registers[2 * group + 1];
    if (from == UNSET || to == UNSET || at + (to - from) > text.length()) {
      return FAILED;
    }
    int length = to - from;
    spend(length / 8);
    for (int i = 0; i < length; i++) {
      char x = text.charAt(from + i);
      char y = text.charAt(at + i);
      boolean same = x == y || (ignoreCase && ByteSet.isLetter(x) && (x ^ 0x20) == y);
      if (!same) {
        return FAILED;
      }
    }
    at += length;
    return next;
  }

  private int behind(int fewest, int most, int next) {
    if (at < fewest) {
      return FAILED;
    }
    int farthest = Math.max(0, at - most);
    int nearest = at - fewest;
    if (farthest < nearest) {
      stack.push(Stack.UP, next, farthest + 1, nearest);
    }
    at = farthest;
    return next;
  }

  /** Goes back to where a look began that was not to succeed. */
  private int unwind(int height) {
    while (stack.size() > height) {
      spend(1);
      undo();
      stack.pop();
    }
    return FAILED;
  }

  private void undo() {
    if (stack.top(0) == Stack.UNDO) {
      registers[stack.top(1)] = stack.top(2);
    }
  }

  /** Goes back to the last choice. */
  private int backtrack() {
    while (stack.size() > 0) {
      int target = stack.top(1);
      int place = stack.top(2);
      switch (stack.top(0)) {
        case Stack.CHOICE -> {
          stack.pop();
          at = place;
          return target;
        }
        case Stack.DOWN -> {
          return from(place, place > stack.top(3), place - 1, target);
        }
        case Stack.UP -> {
          return from(place, place < stack.top(3), place + 1, target);
        }
        case Stack.MORE -> {
          if (more(target, place)) {
            return target + Code.WIDTH;
          }
        }
        default -> {
          undo();
          stack.pop();
        }
      }
      spend(1);
    }
    return EXHAUSTED;
  }

  private int from(int place, boolean others, int next, int target) {
    if (others) {
      stack.setTop(2, next);
    } else {
      stack.pop();
    }
    at = place;
    return target;
  }

  private boolean more(int pc, int place) {
    int left = stack.top(3);
    if (place >= text.length() || !pattern.sets()[code[pc + 1]].has(text.charAt(place))) {
      stack.pop();
      return false;
    }
    if (left > 1) {
      stack.setTop(2, place + 1);
      stack.setTop(3, left == Tree.UNBOUNDED ? left : left - 1);
    } else {
      stack.pop();
    }
    at = place + 1;
    return true;
  }
}
