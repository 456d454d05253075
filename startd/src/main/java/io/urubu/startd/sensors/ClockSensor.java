package io.urubu.startd.sensors;

import io.urubu.classad.ClassAd;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/** The owner's time of day: minutes since midnight, and the day of the week with Sunday as 0. */
record ClockSensor(InstantSource clock, ZoneId zone) implements Sensor {
  @Override
  public void sense(ClassAd.Builder readings) {
    ZonedDateTime now = clock.instant().atZone(zone);
    readings.put("ClockMin", now.getHour() * 60L + now.getMinute());
    readings.put("ClockDay", now.getDayOfWeek().getValue() % 7L);
  }
}
