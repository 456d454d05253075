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
   */
  record Failed(int holdCode, String reason) implements RunEnd {
    /** The program could not be started. */
    static final int PROGRAM = 6;

    /** The output could not be collected. */
    static final int OUTPUT = 12;

    static Failed ofMachine(String reason) {
      return new Failed(0, reason);
    }

    boolean isUserFault() {
      return holdCode != 0;
    }
  }

  /** It was ended on this side. */
  record Vacated(String reason) implements RunEnd {}
}
