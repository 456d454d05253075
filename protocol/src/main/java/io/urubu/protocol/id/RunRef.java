package io.urubu.protocol.id;

import io.urubu.protocol.wire.v1.RunId;
import java.util.Optional;

/** One run of one job: runs of a job are numbered from 1, and only the newest has rights. */
public record RunRef(String schedd, JobId job, int number) {

  public RunRef {
    if (schedd.isEmpty() || number < 1) {
      throw new IllegalArgumentException("no run is " + schedd + "#" + job + "#" + number);
    }
  }

  /** Empty for a message that names no possible run. */
  public static Optional<RunRef> fromProto(RunId id) {
    try {
      return Optional.of(
          new RunRef(id.getSchedd(), new JobId(id.getCluster(), id.getProc()), id.getRun()));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  public RunId toProto() {
    return RunId.newBuilder()
        .setSchedd(schedd)
        .setCluster(job.cluster())
        .setProc(job.proc())
        .setRun(number)
        .build();
  }

  /** Reads {@link #toString}; empty for anything else. */
  public static Optional<RunRef> parse(String text) {
    int last = text.lastIndexOf('#');
    int middle = text.lastIndexOf('#', last - 1);
    if (middle < 1) {
      return Optional.empty();
    }
    try {
      int number = Integer.parseInt(text.substring(last + 1));
      return JobId.parse(text.substring(middle + 1, last))
          .map(job -> new RunRef(text.substring(0, middle), job, number));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /** {@code schedd#41.3#2}. */
  @Override
  public String toString() {
    return schedd + "#" + job + "#" + number;
  }
}
