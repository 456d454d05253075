package io.urubu.schedd.queue;

import io.urubu.classad.ClassAd;

/**
 * A request for new jobs.
 *
 * @param owner the account that asks
 * @param requestId chosen by the client: asked again with it, the answer is the same
 * @param jobs how many
 */
public record Submission(
    String owner, String requestId, ClassAd clusterAd, ClassAd template, int jobs) {

  /** The answer. */
  public record Receipt(int cluster, int jobs) {}
}
