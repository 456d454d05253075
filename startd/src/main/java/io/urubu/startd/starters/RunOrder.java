package io.urubu.startd.starters;

import io.urubu.classad.ClassAd;
import io.urubu.protocol.id.RunRef;
import io.urubu.startd.slot.Activation;

/**
 * A run for a starter.
 *
 * @param memoryMegabytes what the slot has
 */
public record RunOrder(
    Activation activation, String user, int slot, String slotName, int cpus, int memoryMegabytes) {

  RunRef run() {
    return activation.run();
  }

  ClassAd toCommand() {
    return ClassAd.builder()
        .put("Command", "Run")
        .put("Run", run().toString())
        .put("Schedd", run().schedd())
        .put("Cluster", run().job().cluster())
        .put("Proc", run().job().proc())
        .put("RunNumber", run().number())
        .put("JobAd", activation.jobAd())
        .put("ShadowAddress", activation.shadow().address())
        .put("ShadowSha256", activation.shadow().certificateSha256())
        .put("RunTicket", activation.ticket().toHex())
        .put("Slot", slot)
        .put("SlotName", slotName)
        .put("Cpus", cpus)
        .put("Memory", memoryMegabytes)
        .build();
  }
}
