package io.urubu.matchmaker.collector;

import io.urubu.classad.ClassAd;
import io.urubu.matchmaker.collector.RefusedException.Cause;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What a startd said of one slot in one message. */
record AdUpdate(boolean complete, ClassAd ad, List<String> removed) {

  /** The slot after it. The startd's word on the name is not taken: the slot has the one it has. */
  SlotEntry apply(String slot, Optional<SlotEntry> before, long session, Limits limits, Times times)
      throws RefusedException {
    ClassAd merged = merged(before.map(SlotEntry::ad).orElse(ClassAd.empty()), slot);
    int bytes = bytes(before.map(SlotEntry::bytes).orElse(0), merged, limits);
    if (merged.size() > limits.attributesPerAd() || bytes > limits.bytesPerAd()) {
      throw new RefusedException(
          Cause.TOO_MUCH,
          "%s: an ad of %d attributes and %d bytes, allowed are %d and %d"
              .formatted(
                  slot, merged.size(), bytes, limits.attributesPerAd(), limits.bytesPerAd()));
    }
    boolean policyTouched = before.isEmpty() || complete || touches(before.get().policyNames());
    Set<String> policyNames =
        policyTouched
            ? PolicyNames.of(merged, limits.significantAttributes())
            : before.get().policyNames();
    long now = times.ticker().getAsLong();
    Promise promise = before.map(SlotEntry::promise).orElse(Promise.none()).at(now);
    if (tellsState()) {
      promise = promise.said(MachineState.of(merged), now, times.matchTimeout());
    }
    return new SlotEntry(
        slot, session, merged, bytes, policyNames, times.clock().instant(), promise);
  }

  private ClassAd merged(ClassAd before, String slot) {
    ClassAd.Builder merged = complete ? ad.toBuilder() : before.toBuilder().putAll(ad);
    if (!complete) {
      removed.forEach(merged::remove);
    }
    return merged.put("Name", slot).build();
  }

  /**
   * Counts exactly only when the running sum passes the limit: changes come often, large ads do
   * not.
   */
  private int bytes(int before, ClassAd merged, Limits limits) {
    int sum = ad.toString().length() + (complete ? 0 : before);
    return sum > limits.bytesPerAd() ? merged.toString().length() : sum;
  }

  private boolean touches(Set<String> policyNames) {
    return ad.names().stream().anyMatch(n -> isPolicy(n, policyNames))
        || removed.stream().anyMatch(n -> isPolicy(n, policyNames));
  }

  /** A slot that was claimed and let go between two messages says so by the time it entered. */
  private boolean tellsState() {
    return complete || ad.has("State") || ad.has("EnteredCurrentState");
  }

  /** False for changes that cannot make a free slot or another match, as load and idle times. */
  boolean mattersTo(SlotEntry after) {
    return tellsState() || touches(after.policyNames()) || !removed.isEmpty();
  }

  private static boolean isPolicy(String name, Set<String> policyNames) {
    return PolicyNames.isPolicy(name) || policyNames.contains(name.toLowerCase(Locale.ROOT));
  }
}
