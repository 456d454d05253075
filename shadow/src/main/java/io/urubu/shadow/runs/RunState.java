package io.urubu.shadow.runs;

import java.util.Optional;

/** What the shadow knows of a job's newest run. */
public sealed interface RunState {

  /** A run that may read and write the user's files. */
  sealed interface WithRights extends RunState {
    Run run();

    Moment leaseUntil();
  }

  /** No run, or one that the schedd has settled. */
  record None() implements RunState {}

  /** Durable; no starter has opened it since, or none since this process started. */
  record Admitted(Run run, Moment leaseUntil) implements WithRights {}

  /** A starter is connected. */
  record Open(Run run, Moment leaseUntil, StreamId stream) implements WithRights {}

  /** The starter's stream broke; it may come back within the lease. */
  record Disconnected(Run run, Moment leaseUntil) implements WithRights {}

  /** The exit is durable: outputs go to their places, whatever else is asked for. */
  record Publishing(Run run, Exit exit, Optional<StreamId> stream) implements RunState {}

  /** The end is durable; something that began for this run has not returned yet. */
  record Closing(Run run, End end, Optional<Run> next) implements RunState {}

  /** Over, until the schedd says that it has committed the end. */
  record Ended(Run run, End end) implements RunState {}
}
