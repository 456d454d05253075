package io.urubu.classad.index;

import java.util.BitSet;

/**
 * Ads by their number.
 *
 * @param all those for which the constraint may be true
 * @param certain those of them for which it is true, without asking
 */
public record Candidates(BitSet all, BitSet certain) {}
