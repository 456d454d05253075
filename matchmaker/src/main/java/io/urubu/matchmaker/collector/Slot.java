package io.urubu.matchmaker.collector;

import io.urubu.classad.ClassAd;

/**
 * A slot that may be matched now.
 *
 * @param name slotN@name@host
 * @param ad the whole machine ad
 */
public record Slot(String name, ClassAd ad) {}
