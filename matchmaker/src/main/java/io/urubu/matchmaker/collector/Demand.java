package io.urubu.matchmaker.collector;

import io.urubu.classad.ClassAd;

/**
 * Jobs of one autocluster that wait.
 *
 * @param ad what matters of them for matching, Requirements and Rank among it
 * @param idle how many wait, at least one
 * @param jobPriority the highest among them
 */
public record Demand(DemandKey key, ClassAd ad, int idle, int jobPriority) {
  public Demand {
    if (idle < 1) {
      throw new IllegalArgumentException("a demand for " + idle + " slots");
    }
  }
}
