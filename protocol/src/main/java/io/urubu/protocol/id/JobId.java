package io.urubu.protocol.id;

import java.util.Comparator;
import java.util.Optional;

/** One job of a schedd: {@code cluster.proc}. Never reused. */
public record JobId(int cluster, int proc) implements Comparable<JobId> {
  private static final Comparator<JobId> ORDER =
      Comparator.comparingInt(JobId::cluster).thenComparingInt(JobId::proc);

  public JobId {
    if (cluster < 1 || proc < 0) {
      throw new IllegalArgumentException("no job has the id " + cluster + "." + proc);
    }
  }

  /** Reads {@code 41.3}; empty for anything else. */
  public static Optional<JobId> parse(String text) {
    int dot = text.indexOf('.');
    if (dot < 1) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new JobId(
              Integer.parseInt(text.substring(0, dot)), Integer.parseInt(text.substring(dot + 1))));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  @Override
  public int compareTo(JobId other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return cluster + "." + proc;
  }
}
