package io.urubu.startd.sensors;

import io.urubu.classad.ClassAd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Free space where jobs run, in KB. */
record DiskSensor(Path folder) implements Sensor {
  @Override
  public void sense(ClassAd.Builder readings) throws IOException {
    readings.put("TotalDisk", Files.getFileStore(folder).getUsableSpace() >> 10);
  }
}
