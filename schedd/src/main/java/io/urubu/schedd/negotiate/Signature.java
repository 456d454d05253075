package io.urubu.schedd.negotiate;

import io.urubu.classad.ClassAd;
import io.urubu.classad.ClassAdSyntaxException;
import io.urubu.classad.Expression;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What of a job's ad matters for matching. */
final class Signature {
  private static final List<String> ALWAYS =
      List.of(
          "Requirements", "Rank", "RequestCpus", "RequestMemory", "RequestDisk", "Owner", "User");

  private Signature() {}

  /**
   * The attributes that machines or the negotiator refer to, those that the job's own expressions
   * read, and what these read in turn; in a fixed order, so that equal jobs give equal texts.
   */
  static ClassAd of(ClassAd job, Collection<String> significant) {
    Set<String> found = new HashSet<>();
    Deque<String> open = new ArrayDeque<>(ALWAYS);
    open.addAll(significant);
    while (!open.isEmpty()) {
      String name = open.pop();
      String key = name.toLowerCase(Locale.ROOT);
      if (job.has(name) && found.add(key)) {
        String text = job.expression(name).orElseThrow();
        open.addAll(reads(text));
      }
    }
    ClassAd.Builder ad = ClassAd.builder();
    job.names().stream()
        .sorted(String.CASE_INSENSITIVE_ORDER)
        .filter(name -> found.contains(name.toLowerCase(Locale.ROOT)))
        .forEach(name -> put(ad, name, job.expression(name).orElseThrow()));
    return ad.build();
  }

  private static Set<String> reads(String text) {
    try {
      return Expression.parse(text).attributesRead();
    } catch (ClassAdSyntaxException e) {
      throw new IllegalStateException("an expression does not parse again: " + text, e);
    }
  }

  private static void put(ClassAd.Builder ad, String name, String text) {
    try {
      ad.putExpression(name, text);
    } catch (ClassAdSyntaxException e) {
      throw new IllegalStateException("an expression does not parse again: " + text, e);
    }
  }
}
