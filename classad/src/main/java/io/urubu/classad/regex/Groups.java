package io.urubu.classad.regex;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The groups of a pattern, by number and by name. */
final class Groups {
  private final Map<String, List<Integer>> numbersByName = new HashMap<>();
  private int count;
  private int most;

  /** A group as a pattern refers to it: by number, or by name if that is not empty. */
  record Target(int number, String name) {}

  int open() {
    most = Math.max(most, ++count);
    return count;
  }

  int open(String name, boolean sameNames, Cursor cursor) throws MalformedPatternException {
    int number = open();
    List<Integer> numbers = numbersByName.computeIfAbsent(name, _ -> new ArrayList<>());
    if (!numbers.contains(number)) {
      if (!numbers.isEmpty() && !sameNames) {
        throw cursor.malformed("two groups named " + name);
      }
      numbers.add(number);
    }
    return number;
  }

  /** The number of the group opened last. */
  int last() {
    return count;
  }

  /** The next group gets the number after this one. */
  void restart(int number) {
    count = number;
  }

  /** How many groups there are. */
  int count() {
    return most;
  }

  List<Integer> numbers(Target target) throws MalformedPatternException {
    List<Integer> numbers =
        target.name.isEmpty()
            ? List.of(target.number)
            : numbersByName.getOrDefault(target.name, List.of());
    for (int number : numbers) {
      if (number < 1 || number > most) {
        throw new MalformedPatternException("no group " + number, 0);
      }
    }
    if (numbers.isEmpty()) {
      throw new MalformedPatternException("no group " + target.name, 0);
    }
    return List.copyOf(numbers);
  }
}
