package io.urubu.startd.machine;

import io.urubu.classad.ClassAd;
import io.urubu.classad.ClassAdSyntaxException;
import io.urubu.classad.Match;
import io.urubu.startd.sensors.Sensors.Readings;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;

/** Makes the ads of the machine's slots, and asks the owner's expressions about jobs. */
public final class MachineAds {
  private final Machine machine;
  private final OwnerPolicy policy;
  private final InstantSource clock;

  public MachineAds(Machine machine, OwnerPolicy policy, InstantSource clock) {
    this.machine = machine;
    this.policy = policy;
    this.clock = clock;
  }

  /**
   * The slot's ad.
   *
   * @param notReady why the machine cannot run jobs at all; START is then false for everybody
   */
  public ClassAd of(
      SlotView slot, Readings readings, ClassAd abilities, Optional<String> notReady) {
    ClassAd.Builder ad = identity(slot.number());
    ad.putAll(abilities).putAll(readings.attributes());
    putTimes(ad, slot);
    ad.put("State", slot.state().stateName())
        .put("Activity", slot.state().activityName())
        .put("HasFileTransfer", true)
        .put("HasSandbox", notReady.isEmpty());
    readings
        .attributes()
        .integer("TotalDisk")
        .ifPresent(kilobytes -> ad.put("Disk", kilobytes / machine.slots()));
    notReady.ifPresent(reason -> ad.put("NotReadyReason", reason));
    slot.state()
        .heldClaim()
        .ifPresent(claim -> ad.put("RemoteOwner", claim.user()).put("RemoteUser", claim.user()));
    slot.state().held().ifPresent(run -> ad.put("JobId", run.job().toString()));
    try {
      ad.putExpression("Start", notReady.isEmpty() ? policy.start().toString() : "false");
      ad.putExpression("Requirements", "Start");
      ad.putExpression("Rank", machine.rank().toString());
    } catch (ClassAdSyntaxException e) {
      throw new IllegalStateException("an expression does not read what it printed", e);
    }
    return ad.build();
  }

  private ClassAd.Builder identity(int slot) {
    return ClassAd.builder()
        .put("MyType", "Machine")
        .put("Name", machine.slotName(slot))
        .put("Machine", machine.host())
        .put("StartdName", machine.name())
        .put("SlotID", slot)
        .put("Arch", architecture())
        .put("OpSys", "LINUX")
        .put("OpSysAndVer", "LINUX")
        .put("Cpus", machine.slotCpus())
        .put("Memory", machine.slotMemoryMegabytes())
        .put("TotalCpus", machine.cpus())
        .put("TotalMemory", machine.memoryMegabytes())
        .put("TotalSlots", machine.slots())
        .put("UidDomain", machine.uidDomain())
        .put("FileSystemDomain", machine.uidDomain());
  }

  private static String architecture() {
    String name = System.getProperty("os.arch");
    return name.equals("amd64") ? "X86_64" : name.toUpperCase(Locale.ROOT);
  }

  private void putTimes(ClassAd.Builder ad, SlotView slot) {
    ad.put("EnteredCurrentState", slot.enteredState().getEpochSecond())
        .put("EnteredCurrentActivity", slot.enteredActivity().getEpochSecond());
    slot.times(clock.instant())
        .forEach((activity, time) -> ad.put("TotalTime" + activity, time.toSeconds()));
    if (slot.state().held().isPresent()) {
      ad.put("LastPeriodicCheckpoint", slot.lastCheckpoint().getEpochSecond());
    }
    try {
      ad.putExpression("CurrentTime", "time()");
    } catch (ClassAdSyntaxException e) {
      throw new IllegalStateException("time() is no expression", e);
    }
  }

  /** Why this job may not start in that slot; empty when both sides want it. */
  public Optional<String> refusal(ClassAd machineAd, ClassAd jobAd) {
    if (!Match.accepts(machineAd, jobAd, clock)) {
      return Optional.of("the owner's START does not hold for the job (any more)");
    }
    return Match.accepts(jobAd, machineAd, clock)
        ? Optional.empty()
        : Optional.of("the job's Requirements do not hold for the machine (any more)");
  }
}
