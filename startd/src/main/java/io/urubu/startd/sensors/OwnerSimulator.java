package io.urubu.startd.sensors;

import io.urubu.classad.ClassAd;

/**
 * An owner who is there or not as somebody says, in place of keyboard and console. One who is away
 * has been so for a day: nobody waits for the idle time to grow.
 */
final class OwnerSimulator implements Sensor {
  static final long AWAY_SECONDS = 24 * 3600;

  private volatile boolean active;

  OwnerSimulator(boolean active) {
    this.active = active;
  }

  void set(boolean nowActive) {
    active = nowActive;
  }

  boolean isActive() {
    return active;
  }

  @Override
  public void sense(ClassAd.Builder readings) {
    readings.put("KeyboardIdle", active ? 0 : AWAY_SECONDS);
    readings.put("ConsoleIdle", active ? 0 : AWAY_SECONDS);
    readings.put("OwnerSimulated", true);
  }
}
