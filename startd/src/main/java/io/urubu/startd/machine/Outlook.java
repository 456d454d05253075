package io.urubu.startd.machine;

import io.urubu.classad.ClassAd;
import io.urubu.startd.slot.PolicyRule;

/** What is known of the machine at the moment. Answers at once. */
public interface Outlook {
  /** The slot's ad as it is now. */
  ClassAd ad(SlotView slot);

  /** What the owner's policy says of the slot as it is now. */
  Sight look(SlotView slot);

  /** The rule as the owner wrote it, with the values of what it refers to. */
  String grounds(PolicyRule rule, Sight sight);
}
