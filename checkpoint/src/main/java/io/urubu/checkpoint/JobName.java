package io.urubu.checkpoint;

/** Whose checkpoints: one job of one schedd. */
public record JobName(String schedd, int cluster, int proc) {

  /** Below the store's root. */
  String folder() {
    return Names.asFileName(schedd) + "/" + cluster + "." + proc;
  }

  @Override
  public String toString() {
    return cluster + "." + proc;
  }
}
