package io.urubu.startd;

import io.urubu.classad.ClassAd;
import io.urubu.startd.machine.MachineAds;
import io.urubu.startd.machine.Outlook;
import io.urubu.startd.machine.OwnerPolicy;
import io.urubu.startd.machine.Sight;
import io.urubu.startd.machine.SlotView;
import io.urubu.startd.sensors.Sensors;
import io.urubu.startd.sensors.Sensors.Readings;
import io.urubu.startd.slot.PolicyRule;
import io.urubu.startd.starters.SelfTestResult;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether the machine may run jobs at all now, and its ads with what was sensed last. */
final class Readiness implements Outlook {
  private static final Logger log = LoggerFactory.getLogger(Readiness.class);

  private final Sensors sensors;
  private final MachineAds ads;
  private final OwnerPolicy policy;

  /** Keeps what was sensed earlier from replacing what was sensed later. */
  private final ReentrantLock sensing = new ReentrantLock();

  private volatile Readings readings;
  private volatile Optional<String> notReady = Optional.of("the sandbox is being tried out");
  private volatile ClassAd abilities = ClassAd.empty();

  Readiness(Sensors sensors, MachineAds ads, OwnerPolicy policy) {
    this.sensors = sensors;
    this.ads = ads;
    this.policy = policy;
    this.readings = sensors.read();
  }

  /** Looks at the quick sensors; does not wait. */
  void sense() {
    Readings before;
    sensing.lock();
    try {
      before = readings;
      readings = sensors.read();
    } finally {
      sensing.unlock();
    }
    if (readings.failure().isPresent() && !readings.failure().equals(before.failure())) {
      log.atWarn()
          .addKeyValue("reason", readings.failure().get())
          .log("the machine counts as in use");
    }
  }

  void tested(SelfTestResult result) {
    switch (result) {
      case SelfTestResult.Fit fit -> {
        abilities = abilities(fit);
        notReady = Optional.empty();
      }
      case SelfTestResult.Unfit(var reason) -> {
        notReady = Optional.of(reason);
        log.atWarn()
            .addKeyValue("reason", reason)
            .log(
                "no job can run here: jobs need bubblewrap (bwrap) and user namespaces;"
                    + " install and allow them, then start the startd again");
      }
    }
  }

  private static ClassAd abilities(SelfTestResult.Fit fit) {
    ClassAd.Builder ad =
        ClassAd.builder()
            .put("CheckpointBackends", String.join(",", fit.backends()))
            .put("HasCheckpoint", fit.backends().contains("dmtcp"))
            .put("CheckpointPlatform", fit.platform());
    fit.missing().ifPresent(missing -> ad.put("CheckpointMissing", missing));
    return ad.build();
  }

  @Override
  public Sight look(SlotView slot) {
    return policy.look(ad(slot), slot.jobAd(), notReady, readings.failure());
  }

  @Override
  public String grounds(PolicyRule rule, Sight sight) {
    return policy.grounds(rule, sight);
  }

  /** Why no job may start; empty when some may. */
  Optional<String> closed(SlotView slot) {
    return look(slot).values().closed();
  }

  /** What is known of the owner's hands. */
  ClassAd input() {
    ClassAd now = readings.attributes();
    ClassAd.Builder ad = ClassAd.builder();
    for (String name : List.of("KeyboardIdle", "ConsoleIdle")) {
      now.integer(name).ifPresent(seconds -> ad.put(name, seconds));
    }
    return ad.build();
  }

  @Override
  public ClassAd ad(SlotView slot) {
    Readings now = readings;
    return ads.of(slot, now, abilities, notReady.or(now::failure));
  }
}
