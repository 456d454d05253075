package io.urubu.startd.sensors;

import io.urubu.classad.ClassAd;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All sensors of this machine. */
public final class Sensors implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Sensors.class);

  private final Map<String, Sensor> quickByName = new LinkedHashMap<>();
  private final Map<String, Sensor> slowByName = new LinkedHashMap<>();
  private final Optional<OwnerSimulator> simulator;
  private final JobLoad jobLoad;
  private final TypedInput typed;
  private final AtomicReference<Readings> slow =
      new AtomicReference<>(new Readings(ClassAd.empty(), Optional.empty()));

  /**
   * What was sensed.
   *
   * @param failure names the sensor that failed and why; the machine then counts as in use
   */
  public record Readings(ClassAd attributes, Optional<String> failure) {}

  /**
   * Where the sensors look.
   *
   * @param devices the folder of the terminals
   * @param execute the folder in which jobs run
   * @param starterMark how the entry of a starter's environment begins
   * @param simulatedOwner whether the owner, who is simulated, is there; empty for a real one
   */
  public record Places(
      Path devices, Path execute, String starterMark, Optional<Boolean> simulatedOwner) {}

  /** What tells the time: the clock, its zone, and a counter of nanoseconds since the start. */
  public record Time(InstantSource clock, ZoneId zone, LongSupplier ticker) {}

  /** The sensors that make sense on this machine. */
  public Sensors(Places places, Time time) {
    this.simulator = places.simulatedOwner().map(OwnerSimulator::new);
    this.typed =
        simulator.isPresent() ? TypedInput.unheard(time.clock()) : TypedInput.open(time.clock());
    this.jobLoad =
        new JobLoad(new JobProcesses(Path.of("/proc"), places.starterMark()), time.ticker());
    quickByName.put(
        "load", new LoadSensor(Path.of("/proc/loadavg"), jobLoad, simulator.isPresent()));
    quickByName.put("clock", new ClockSensor(time.clock(), time.zone()));
    quickByName.put(
        "input",
        simulator.isPresent()
            ? simulator.get()
            : new InputSensor(new Terminals(places.devices()), typed, time.clock(), time.ticker()));
    slowByName.put("disk", new DiskSensor(places.execute()));
  }

  /** What is to be done at once when somebody types; must not wait. */
  public void onInput(Runnable action) {
    typed.onInput(action);
  }

  /** The simulated owner comes or goes; false when the owner is a real one. */
  public boolean simulate(boolean active) {
    simulator.ifPresent(owner -> owner.set(active));
    return simulator.isPresent();
  }

  /** Whether the simulated owner is there; empty when the owner is a real one. */
  public Optional<Boolean> simulated() {
    return simulator.map(OwnerSimulator::isActive);
  }

  /** What is so now; answers at once. */
  public Readings read() {
    Readings quick = read(quickByName);
    Readings cached = slow.get();
    ClassAd all = ClassAd.builder().putAll(cached.attributes()).putAll(quick.attributes()).build();
    return new Readings(all, quick.failure().or(cached::failure));
  }

  /** Looks at what may take time, as a disk that hangs. */
  public void readSlow() {
    slow.set(read(slowByName));
    try {
      jobLoad.sample();
    } catch (IOException e) {
      // Without the figure all load counts as the owner's.
      log.atDebug().setCause(e).log("cannot tell the load of jobs");
    }
  }

  /** How often {@link #readSlow} is worth while. */
  public static Duration slowPeriod() {
    return JobLoad.period();
  }

  private static Readings read(Map<String, Sensor> sensors) {
    ClassAd.Builder attributes = ClassAd.builder();
    Optional<String> failure = Optional.empty();
    for (Map.Entry<String, Sensor> entry : sensors.entrySet()) {
      try {
        entry.getValue().sense(attributes);
      } catch (IOException | RuntimeException e) {
        entry.getValue().assume(attributes);
        failure = Optional.of("the sensor " + entry.getKey() + " failed: " + e.getMessage());
      }
    }
    return new Readings(attributes.build(), failure);
  }

  @Override
  public void close() {
    typed.close();
  }
}
