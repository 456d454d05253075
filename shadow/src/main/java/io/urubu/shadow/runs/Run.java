package io.urubu.shadow.runs;

import io.urubu.classad.ClassAd;
import io.urubu.protocol.id.RunRef;
import java.time.Duration;

/**
 * A run as the schedd admitted it.
 *
 * @param ticket the hash of the secret that opens it
 * @param lease how long it keeps its rights without a word from its starter
 */
public record Run(RunRef ref, ClassAd jobAd, Sha256 ticket, Duration lease) {

  /** True for the secret of which the schedd sent the hash. */
  public boolean isOpenedBy(byte[] secret) {
    return Sha256.hash(secret).equals(ticket);
  }
}
