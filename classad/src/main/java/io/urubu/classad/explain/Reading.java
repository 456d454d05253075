package io.urubu.classad.explain;

import java.util.List;

/**
 * An attribute that a condition read.
 *
 * @param side whose ad it was found in; where it is not there, whose it should have been, NONE if
 *     any ad's would have done
 * @param name the name as the ad spells it, or as it was asked for
 * @param there whether there is such an attribute
 * @param value its value as it is written; the reason behind {@code error} and {@code aborted}
 * @param definition the expression that it was computed from; empty if it is the value itself
 * @param readings what that expression read in turn
 */
public record Reading(
    Side side,
    String name,
    boolean there,
    String value,
    String definition,
    List<Reading> readings) {
  public Reading {
    readings = List.copyOf(readings);
  }

  static Reading missing(Side side, String name) {
    return new Reading(side, name, false, "undefined", "", List.of());
  }
}
