package io.urubu.benchmarks.classad;

import io.urubu.classad.ClassAd;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.util.List;

/** Prints how much of the heap an ad keeps when all machines are held, after full collections. */
public final class MemoryMeasurement {
  private static final int COLLECTIONS = 4;

  private MemoryMeasurement() {}

  /** See the class. */
  public static void main(String[] arguments) {
    // What classes and tables need once is not part of an ad.
    if (Texts.ad(Machine.lines(0)).size() == 0) {
      throw new IllegalStateException("an ad without attributes");
    }
    long before = used();
    List<ClassAd> held = Texts.machines();
    long after = used();
    System.out.println("memory\t" + (after - before) / held.size() + "\tbytes/ad");
  }

  private static long used() {
    MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    for (int i = 0; i < COLLECTIONS; i++) {
      memory.gc();
    }
    return memory.getHeapMemoryUsage().getUsed();
  }
}
