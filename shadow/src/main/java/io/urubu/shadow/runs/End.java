package io.urubu.shadow.runs;

import io.urubu.classad.ClassAd;

/** How a run ended, for the schedd. */
public record End(Outcome outcome, ClassAd ad) {

  /** The kinds of end; what the schedd does with the job depends on it. */
  public enum Outcome {
    /** The program ended and its outputs are in their places. */
    EXITED,
    /** The run was ended before the program was. */
    CLOSED,
    /** The workstation could not run it. */
    MACHINE_FAILED,
    /** The user must mend something. */
    USER_FAILED,
    /** Nothing was heard of the starter for the lease. */
    LOST
  }

  public static End because(Outcome outcome, String reason) {
    return new End(outcome, ClassAd.builder().put("Reason", reason).build());
  }

  /** The job did not come back from a checkpoint; damaged: it never will from this one. */
  public static End unrestored(int generation, boolean damaged, String reason) {
    return new End(
        Outcome.MACHINE_FAILED,
        ClassAd.builder()
            .put("Reason", reason)
            .put("FailedGeneration", generation)
            .put("Damaged", damaged)
            .build());
  }

  /** A sentence for people; empty where there is nothing to say. */
  public String reason() {
    return ad.string("Reason").or(() -> ad.string("HoldReason")).orElse("");
  }
}
