package io.urubu.starter.run;

/** What the shell does for the decider; each may be done again without harm. */
sealed interface RunAction {
  record FetchInputs() implements RunAction {}

  record StartProgram() implements RunAction {}

  /** Tells shadow and startd that the program runs. */
  record TellExecuting() implements RunAction {}

  record Freeze() implements RunAction {}

  record Thaw() implements RunAction {}

  /** Asks the program to end. */
  record Terminate() implements RunAction {}

  record Kill() implements RunAction {}

  record StoreOutputs() implements RunAction {}

  /** Tells the shadow how it ended. */
  record Report(RunEnd end) implements RunAction {}

  /** Ends transfers and the link, removes every file. */
  record Clean() implements RunAction {}

  /** Tells the startd, until it says that it knows. */
  record TellGone(String reason) implements RunAction {}
}
