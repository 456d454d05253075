package io.urubu.startd.sensors;

import io.urubu.classad.ClassAd;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/** All sensors of this machine. */
public final class Sensors {
  private final Map<String, Sensor> sensorByName;

  private Sensors(Map<String, Sensor> sensorByName) {
    this.sensorByName = new LinkedHashMap<>(sensorByName);
  }

  /**
   * What was sensed.
   *
   * @param failure names the sensor that failed and why; the machine then counts as in use
   */
  public record Readings(ClassAd attributes, Optional<String> failure) {}

  /** The sensors that make sense on this machine. */
  public static Sensors ofThisMachine(
      Path execute, InstantSource clock, ZoneId zone, LongSupplier ticker) {
    Map<String, Sensor> sensors = new LinkedHashMap<>();
    sensors.put("load", new LoadSensor(Path.of("/proc/loadavg")));
    sensors.put("disk", new DiskSensor(execute));
    sensors.put("clock", new ClockSensor(clock, zone));
    sensors.put("terminals", new TerminalSensor(Path.of("/dev"), clock, ticker));
    return new Sensors(sensors);
  }

  public Readings read() {
    ClassAd.Builder attributes = ClassAd.builder();
    Optional<String> failure = Optional.empty();
    for (Map.Entry<String, Sensor> entry : sensorByName.entrySet()) {
      try {
        entry.getValue().sense(attributes);
      } catch (IOException | RuntimeException e) {
        failure = Optional.of("the sensor " + entry.getKey() + " failed: " + e.getMessage());
      }
    }
    return new Readings(attributes.build(), failure);
  }
}
