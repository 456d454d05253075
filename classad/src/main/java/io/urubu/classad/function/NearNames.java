package io.urubu.classad.function;

import io.urubu.classad.ast.Name;
import java.util.Collection;

/** Finds the name that somebody meant. */
final class NearNames {
  private static final int LONGEST = 40;

  private NearNames() {}

  /** The name with the fewest letters to change, if that is less than a third; else empty. */
  static String nearest(String name, Collection<String> names) {
    if (name.length() > LONGEST) {
      return "";
    }
    String best = "";
    int fewest = name.length() / 3 + 1;
    for (String candidate : names) {
      if (Math.abs(candidate.length() - name.length()) < fewest) {
        int distance = distance(Name.key(name), Name.key(candidate));
        boolean tie = distance == fewest && candidate.compareTo(best) < 0 && !best.isEmpty();
        if (distance < fewest || tie) {
          fewest = distance;
          best = candidate;
        }
      }
    }
    return best;
  }

  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
