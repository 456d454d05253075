package io.urubu.matchmaker.collector;

import io.urubu.classad.ClassAd;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * One slot as the book keeps it.
 *
 * @param session the stream that said the newest of it
 * @param bytes no less than the length of the ad's text
 * @param policyNames lower case; every attribute that its policy reads
 */
record SlotEntry(
    String name,
    long session,
    ClassAd ad,
    int bytes,
    Set<String> policyNames,
    Instant heard,
    Promise promise) {

  SlotEntry with(Promise next) {
    return new SlotEntry(name, session, ad, bytes, policyNames, heard, next);
  }

  boolean isFree(long now) {
    return MachineState.of(ad) == MachineState.UNCLAIMED && promise.at(now) instanceof Promise.None;
  }

  /** The user whose share the slot counts to. */
  Optional<String> holder(long now) {
    if (MachineState.of(ad) == MachineState.CLAIMED) {
      return ad.string("RemoteUser").or(() -> ad.string("RemoteOwner"));
    }
    return promise.at(now) instanceof Promise.Given(var user, _, _)
        ? Optional.of(user)
        : Optional.empty();
  }

  /** The ad with what only the collector knows. */
  ClassAd published() {
    return ad.toBuilder().put("LastHeardFrom", heard.getEpochSecond()).build();
  }
}
