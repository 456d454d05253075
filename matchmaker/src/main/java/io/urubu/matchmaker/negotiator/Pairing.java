package io.urubu.matchmaker.negotiator;

import io.urubu.matchmaker.collector.DemandKey;
import io.urubu.matchmaker.collector.Slot;

/** One job of the demand gets the slot. */
record Pairing(DemandKey demand, Slot slot) {}
