package io.urubu.starter.run;

/** Whose wish it is that a job stands still. */
public enum Holder {
  /** The owner of the machine, through the startd's policy. */
  OWNER,
  /** The user of the job. */
  USER
}
