package io.urubu.shadow.runs;

import io.urubu.protocol.id.RunRef;

/**
 * What became of a checkpoint, for the starter that took it.
 *
 * @param taken by which number the run's starter calls it
 * @param generation its number within the job; 0: it was refused
 * @param reason why it was refused
 */
public record Answer(RunRef run, int taken, int generation, String reason) {

  public static Answer refused(RunRef run, int taken, String reason) {
    return new Answer(run, taken, 0, reason);
  }

  public boolean isCommitted() {
    return generation != 0;
  }
}
