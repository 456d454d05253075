package io.urubu.startd.machine;

import io.urubu.classad.ClassAdSyntaxException;
import io.urubu.classad.Expression;
import io.urubu.config.Config;
import io.urubu.config.Knobs;

/**
 * What does not change about the machine while the daemon runs.
 *
 * @param name the startd's, {@code ws1@host}
 * @param cpus of the whole machine
 * @param memoryMegabytes of the whole machine
 * @param rank the owner's RANK
 */
public record Machine(
    String name, String uidDomain, int slots, int cpus, int memoryMegabytes, Expression rank) {

  public static Machine of(Config config) {
    return new Machine(
        config.get(Knobs.STARTD_NAME),
        config.get(Knobs.UID_DOMAIN),
        config.get(Knobs.NUM_SLOTS),
        config.get(Knobs.NUM_CPUS),
        config.get(Knobs.MEMORY),
        expression("RANK", config.get(Knobs.RANK)));
  }

  private static Expression expression(String knob, String text) {
    try {
      return Expression.parseOld(text);
    } catch (ClassAdSyntaxException e) {
      throw new IllegalArgumentException(knob + " is no expression: " + e.getMessage(), e);
    }
  }

  /** {@code slot1@ws1@host}. */
  public String slotName(int slot) {
    return "slot" + slot + "@" + name;
  }

  /** The part of the name behind the last {@code @}. */
  String host() {
    return name.substring(name.lastIndexOf('@') + 1);
  }

  /** The share of each slot; what does not divide stays with the owner. */
  public int slotCpus() {
    return Math.max(1, cpus / slots);
  }

  public int slotMemoryMegabytes() {
    return Math.max(1, memoryMegabytes / slots);
  }
}
