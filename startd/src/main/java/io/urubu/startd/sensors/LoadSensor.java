package io.urubu.startd.sensors;

import io.urubu.classad.ClassAd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The load average of the last minute. */
record LoadSensor(Path file) implements Sensor {
  @Override
  public void sense(ClassAd.Builder readings) throws IOException {
    String text = Files.readString(file);
    readings.put("LoadAvg", Double.parseDouble(text.substring(0, text.indexOf(' '))));
  }
}
