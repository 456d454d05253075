package io.urubu.shadow.runs;

import io.urubu.classad.ClassAd;

/** Something that the user must mend, in the form in which the job is held for it. */
public record Fault(int holdCode, int holdSubcode, String reason) {
  /** The program could not be found or started. */
  public static final int EXECUTABLE = 6;

  /** Output could not be written at the submit host. */
  public static final int OUTPUT = 12;

  /** Input could not be read at the submit host. */
  public static final int INPUT = 13;

  /** The initial directory cannot be used. */
  public static final int INITIAL_DIRECTORY = 14;

  private static final int MAX_REASON = 2000;

  public Fault {
    reason = reason.length() <= MAX_REASON ? reason : reason.substring(0, MAX_REASON) + "…";
  }

  public static Fault of(int holdCode, String reason) {
    return new Fault(holdCode, 0, reason);
  }

  /** How a run ends because of it. */
  public End end() {
    return new End(
        End.Outcome.USER_FAILED,
        ClassAd.builder()
            .put("HoldReasonCode", holdCode)
            .put("HoldReasonSubCode", holdSubcode)
            .put("HoldReason", reason)
            .build());
  }
}
