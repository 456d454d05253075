package io.urubu.starter.checkpoint;

import java.util.Arrays;
import java.util.Optional;

/** The ways in which a job can be saved. */
public enum Backend {
  /** Any dynamically linked program, with all its processes, by DMTCP. */
  DMTCP("dmtcp"),
  /** The program saves its own state into files. */
  SELF("self"),
  /** What the job did is lost when it is vacated. */
  NONE("none");

  private final String label;

  Backend(String label) {
    this.label = label;
  }

  /** As in ads, submit files and on the wire. */
  public String label() {
    return label;
  }

  public static Optional<Backend> of(String label) {
    return Arrays.stream(values()).filter(b -> b.label.equalsIgnoreCase(label)).findFirst();
  }
}
