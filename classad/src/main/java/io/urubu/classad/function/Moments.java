package io.urubu.classad.function;

import io.urubu.classad.eval.Datum;
import java.time.Instant;
import java.time.ZoneId;

/** Points in time where the clock hangs. */
final class Moments {
  private Moments() {}

  /** The moment with the offset that its zone has then. */
  static Datum.Moment local(long seconds, ZoneId zone) {
    return new Datum.Moment(seconds, offset(seconds, zone));
  }

  /** The zone's offset in seconds at this moment. */
  static int offset(long seconds, ZoneId zone) {
    return zone.getRules().getOffset(Instant.ofEpochSecond(seconds)).getTotalSeconds();
  }
}
