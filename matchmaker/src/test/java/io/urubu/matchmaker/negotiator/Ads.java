package io.urubu.matchmaker.negotiator;

import io.urubu.classad.ClassAd;
import io.urubu.classad.ClassAdSyntaxException;
import io.urubu.matchmaker.collector.Demand;
import io.urubu.matchmaker.collector.DemandKey;
import io.urubu.matchmaker.collector.Slot;

/** Ads for tests. */
final class Ads {
  private Ads() {}

  static ClassAd parse(String text) {
    try {
      return ClassAd.parse(text);
    } catch (ClassAdSyntaxException e) {
      throw new AssertionError(e);
    }
  }

  static Slot slot(String name, String attributes) {
    return new Slot(name, parse("[Requirements = Start; Start = true; " + attributes + "]"));
  }

  static Demand demand(String user, long autocluster, int idle, int priority, String attributes) {
    return new Demand(
        new DemandKey("schedd@submit", user, autocluster),
        parse("[Requirements = true; " + attributes + "]"),
        idle,
        priority);
  }
}
