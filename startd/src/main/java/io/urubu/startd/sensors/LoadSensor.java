package io.urubu.startd.sensors;

import io.urubu.classad.ClassAd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The load average of the last minute, and how much of it the pool's own jobs make. Every slot has
 * the machine's: the owner's part is the difference.
 *
 * @param isOwnersLoadSimulated the owner's part is none, whatever else runs on the machine
 */
record LoadSensor(Path file, JobLoad jobs, boolean isOwnersLoadSimulated) implements Sensor {
  @Override
  public void sense(ClassAd.Builder readings) throws IOException {
    String text = Files.readString(file);
    double total = Double.parseDouble(text.substring(0, text.indexOf(' ')));
    double own = isOwnersLoadSimulated ? total : Math.min(total, jobs.average());
    readings
        .put("LoadAvg", rounded(total))
        .put("TotalLoadAvg", rounded(total))
        .put("CondorLoadAvg", rounded(own))
        .put("TotalCondorLoadAvg", rounded(own));
  }

  private static double rounded(double load) {
    return Math.round(load * 100) / 100.0;
  }
}
