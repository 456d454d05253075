package io.urubu.shadow.runs;

import io.urubu.protocol.id.JobId;
import io.urubu.protocol.id.RunRef;

/** One job of one schedd, whichever of its runs is meant. */
public record JobRef(String schedd, JobId job) {

  public static JobRef of(RunRef run) {
    return new JobRef(run.schedd(), run.job());
  }

  @Override
  public String toString() {
    return schedd + "#" + job;
  }
}
