package io.urubu.matchmaker.collector;

import io.urubu.classad.ClassAd;
import java.util.Locale;

/** What a machine ad's State means to the matchmaker. */
enum MachineState {
  /** May be matched. */
  UNCLAIMED,
  /** The startd has heard of its match and dials the schedd. */
  MATCHED,
  /** A user has it, or it is being taken from one. */
  CLAIMED,
  /** The owner's, drained, or nothing that is known here. */
  OTHER;

  static MachineState of(ClassAd ad) {
    return switch (ad.string("State").orElse("").toLowerCase(Locale.ROOT)) {
      case "unclaimed" -> UNCLAIMED;
      case "matched" -> MATCHED;
      case "claimed", "preempting" -> CLAIMED;
      default -> OTHER;
    };
  }
}
