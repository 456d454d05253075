package io.urubu.shadow.runs;

import io.urubu.classad.ClassAd;
import io.urubu.protocol.id.RunRef;
import java.time.Duration;
import java.util.List;

/**
 * A run as the schedd admitted it.
 *
 * @param ticket the hash of the secret that opens it
 * @param lease how long it keeps its rights without a word from its starter
 * @param generations the job's committed checkpoints, newest first
 */
public record Run(
    RunRef ref, ClassAd jobAd, Sha256 ticket, Duration lease, List<Generation> generations) {
  public Run {
    generations = List.copyOf(generations);
  }

  public Run(RunRef ref, ClassAd jobAd, Sha256 ticket, Duration lease) {
    this(ref, jobAd, ticket, lease, List.of());
  }

  /** True for the secret of which the schedd sent the hash. */
  public boolean isOpenedBy(byte[] secret) {
    return Sha256.hash(secret).equals(ticket);
  }
}
