package io.urubu.starter.run;

import io.urubu.starter.sandbox.ProgramEnd;

/** What the shadow is told of a run that is over here. */
sealed interface RunEnd {
  /** The program ended, and its outputs are at the shadow. */
  record Exited(ProgramEnd end) implements RunEnd {}

  /**
   * It could not be carried out.
   *
   * @param holdCode HTCondor's code when the user must mend something; 0 when it is this machine's
   *     fault
   * @param generation from which the job did not go on; 0 when it is not about that
   * @param isDamaged that generation will not do anywhere
   */
  record Failed(int holdCode, String reason, int generation, boolean isDamaged) implements RunEnd {
    /** The program could not be started. */
    static final int PROGRAM = 6;

    /** The output could not be collected. */
    static final int OUTPUT = 12;

    static Failed ofMachine(String reason) {
      return new Failed(0, reason, 0, false);
    }

    static Failed ofUser(int holdCode, String reason) {
      return new Failed(holdCode, reason, 0, false);
    }

    static Failed ofGeneration(int generation, boolean isDamaged, String reason) {
      return new Failed(0, reason, generation, isDamaged);
    }

    boolean isUserFault() {
      return holdCode != 0;
    }
  }

  /**
   * It was ended on this side.
   *
   * @param code the same in one word, for counting
   * @param isCheckpointed it left with a durable checkpoint of its last moment
   */
  record Vacated(String reason, String code, boolean isCheckpointed) implements RunEnd {
    /** The shadow or the startd was away for too long. */
    static final String LEASE_EXPIRED = "LeaseExpired";

    /** This starter is not able to go on with it. */
    static final String STARTER_FAILED = "StarterFailed";

    static Vacated of(String reason, String code) {
      return new Vacated(reason, code, false);
    }

    Vacated checkpointed() {
      return new Vacated(reason, code, true);
    }
  }
}
