package io.urubu.startd;

import io.urubu.classad.ClassAd;
import io.urubu.startd.machine.MachineAds;
import io.urubu.startd.machine.SlotView;
import io.urubu.startd.sensors.Sensors;
import io.urubu.startd.sensors.Sensors.Readings;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether the machine may run jobs at all now, and its ads with what was sensed last. */
final class Readiness {
  private static final Logger log = LoggerFactory.getLogger(Readiness.class);

  private final Sensors sensors;
  private final MachineAds ads;
  private volatile Readings readings;
  private volatile Optional<String> notReady = Optional.of("the sandbox is being tried out");

  Readiness(Sensors sensors, MachineAds ads) {
    this.sensors = sensors;
    this.ads = ads;
    this.readings = sensors.read();
  }

  void sense() {
    Readings before = readings;
    readings = sensors.read();
    if (readings.failure().isPresent() && !readings.failure().equals(before.failure())) {
      log.atWarn()
          .addKeyValue("reason", readings.failure().get())
          .log("the machine counts as in use");
    }
  }

  void tested(Optional<String> problem) {
    notReady = problem;
    problem.ifPresent(
        reason ->
            log.atWarn()
                .addKeyValue("reason", reason)
                .log(
                    "no job can run here: jobs need bubblewrap (bwrap) and user namespaces;"
                        + " install and allow them, then start the startd again"));
  }

  /** Why no job may start; empty when some may. */
  Optional<String> closed(SlotView slot) {
    return notReady.or(readings::failure).or(() -> ads.closed(ad(slot)));
  }

  ClassAd ad(SlotView slot) {
    Readings now = readings;
    return ads.of(slot, now, notReady.or(now::failure));
  }
}
