package io.urubu.startd.sensors;

import io.urubu.classad.ClassAd;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Seconds since somebody typed on the machine. What inotify reports counts at once; the access
 * times of the terminals are looked at besides, since not every terminal can be watched. Where
 * nobody ever typed, the seconds count from the machine's start.
 *
 * @param ticker counts from the machine's start
 */
record InputSensor(Terminals terminals, TypedInput typed, InstantSource clock, LongSupplier ticker)
    implements Sensor {
  @Override
  public void sense(ClassAd.Builder readings) throws IOException {
    Terminals.Seen seen = terminals.look();
    typed.watch(seen.all());
    readings.put("KeyboardIdle", idle(later(seen.lastTyped(), typed.last())));
    if (seen.lastTypedAtConsole().isPresent()) {
      readings.put("ConsoleIdle", idle(later(seen.lastTypedAtConsole(), typed.lastAtConsole())));
    }
  }

  @Override
  public void assume(ClassAd.Builder readings) {
    readings.put("KeyboardIdle", 0);
  }

  private static Optional<Instant> later(Optional<Instant> one, Optional<Instant> other) {
    return one.isPresent() && other.filter(one.get()::isBefore).isEmpty() ? one : other;
  }

  private long idle(Optional<Instant> last) {
    long sinceStart = Math.max(0, Duration.ofNanos(ticker.getAsLong()).toSeconds());
    return last.map(then -> Duration.between(then, clock.instant()).toSeconds())
        .map(idle -> Math.clamp(idle, 0, sinceStart))
        .orElse(sinceStart);
  }
}
