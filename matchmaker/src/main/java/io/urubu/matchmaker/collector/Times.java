package io.urubu.matchmaker.collector;

import java.time.Duration;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * Clocks and patience of the collector.
 *
 * @param clock the time of day, for attributes that people read
 * @param ticker monotonic nanoseconds, for everything that is waited for
 * @param silence a peer that was not heard for so long is gone
 * @param grace how long ads outlive their stream
 * @param matchTimeout how long a match may take to become a claim
 */
public record Times(
    InstantSource clock,
    LongSupplier ticker,
    Duration silence,
    Duration grace,
    Duration matchTimeout) {}
