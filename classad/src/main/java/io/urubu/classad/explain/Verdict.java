package io.urubu.classad.explain;

/**
 * What a condition came to.
 *
 * @param value the value as it is written, or the reason for an error or an end
 * @param reached false if what stands before it decided already, so that it counts for nothing
 */
public record Verdict(Outcome outcome, String value, boolean reached) {}
