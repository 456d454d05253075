package io.urubu.matchmaker.collector;

import io.urubu.classad.ClassAd;
import io.urubu.classad.ClassAdSyntaxException;
import io.urubu.classad.Expression;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Finds what a machine's policy reads, also through the machine's own attributes. Errs on the large
 * side: a name too many splits an autocluster, one too few would mix jobs that a machine tells
 * apart.
 */
final class PolicyNames {
  private static final List<String> POLICY = List.of("Start", "Requirements", "Rank");

  private PolicyNames() {}

  /** Lower case, without Start, Requirements and Rank themselves; at most so many. */
  static Set<String> of(ClassAd machine, int limit) {
    Set<String> seen = new HashSet<>();
    Deque<String> open = new ArrayDeque<>(POLICY);
    while (!open.isEmpty() && seen.size() < limit) {
      Optional<String> text = machine.expression(open.remove());
      if (text.isEmpty()) {
        continue;
      }
      for (String name : readBy(text.get())) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (seen.size() < limit && seen.add(lower)) {
          open.add(lower);
        }
      }
    }
    POLICY.forEach(name -> seen.remove(name.toLowerCase(Locale.ROOT)));
    return Set.copyOf(seen);
  }

  static boolean isPolicy(String name) {
    return POLICY.stream().anyMatch(name::equalsIgnoreCase);
  }

  private static Set<String> readBy(String expression) {
    try {
      return Expression.parse(expression).attributesRead();
    } catch (ClassAdSyntaxException e) {
      throw new IllegalStateException("an ad's own text does not parse: " + expression, e);
    }
  }
}
