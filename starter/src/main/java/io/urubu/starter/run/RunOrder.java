package io.urubu.starter.run;

import io.urubu.classad.ClassAd;
import io.urubu.command.PoolError;
import io.urubu.command.PoolException;
import io.urubu.identity.Secret;
import io.urubu.protocol.id.RunRef;
import io.urubu.starter.shadowlink.Endpoint;

/**
 * What the startd orders: one run, in one slot, with the shadow that serves it.
 *
 * @param slotName as in the machine ad, such as {@code slot1@ws1@host.example.org}
 */
public record RunOrder(
    RunRef run,
    ClassAd jobAd,
    Endpoint shadow,
    Secret ticket,
    long slot,
    String slotName,
    long cpus,
    long memoryMegabytes) {

  /**
   * Reads the startd's command.
   *
   * @throws PoolException when it does not say what it must
   */
  public static RunOrder of(ClassAd command) throws PoolException {
    try {
      return new RunOrder(
          run(command),
          command.ad("JobAd").orElseThrow(() -> new IllegalArgumentException("JobAd is missing")),
          shadow(command),
          Secret.fromHex(text(command, "RunTicket")),
          command.integer("Slot").orElse(1),
          command.string("SlotName").orElse("slot1@workstation"),
          Math.max(1, command.integer("Cpus").orElse(1)),
          Math.max(1, command.integer("Memory").orElse(1)));
    } catch (IllegalArgumentException e) {
      throw new PoolException(
          PoolError.REQUEST_INVALID, "the command Run is not complete: " + e.getMessage(), e);
    }
  }

  /** The run that a command speaks of. */
  public static RunRef run(ClassAd command) {
    return RunRef.parse(text(command, "Run"))
        .orElseThrow(() -> new IllegalArgumentException("Run names no run"));
  }

  /** The shadow that a command names. */
  public static Endpoint shadow(ClassAd command) {
    return new Endpoint(text(command, "ShadowAddress"), text(command, "ShadowSha256"));
  }

  private static String text(ClassAd command, String name) {
    return command
        .string(name)
        .orElseThrow(() -> new IllegalArgumentException(name + " is missing"));
  }

  /** {@code slot1} of {@code slot1@ws1@host}. */
  String shortSlot() {
    return slotName.split("@", 2)[0];
  }

  /** {@code ws1} of {@code slot1@ws1@host}. */
  String machine() {
    String[] parts = slotName.split("@", 3);
    return parts.length > 1 ? parts[1] : parts[0];
  }

  /** What programs in the job know this run by. */
  String shortRun() {
    return run.job() + "#" + run.number();
  }
}
