package io.urubu.startd.machine;

import io.urubu.classad.ClassAd;
import io.urubu.startd.slot.PolicyValues;

/** What the owner's policy said, and what it saw. */
public record Sight(PolicyValues values, ClassAd machineAd, ClassAd jobAd) {}
