package io.urubu.starter.run;

import io.urubu.starter.sandbox.ProgramEnd;
import java.time.Duration;

/** What happens to a run. */
sealed interface RunEvent {
  /** The shadow serves it, for the first time or again. */
  record Opened(Duration lease) implements RunEvent {}

  /** A heartbeat sent at that tick was answered. */
  record Answered(long sentTick) implements RunEvent {}

  /** The shadow says that it has no rights. */
  record Rejected(String reason) implements RunEvent {}

  /** Its end is durable at the shadow. */
  record Finished() implements RunEvent {}

  record InputsLaid() implements RunEvent {}

  record InputsFailed(RunEnd.Failed failure) implements RunEvent {}

  /** The sandbox stands and becomes the program. */
  record ProgramStarting() implements RunEvent {}

  record ProgramEnded(ProgramEnd end) implements RunEvent {}

  record OutputsStored() implements RunEvent {}

  record OutputsFailed(RunEnd.Failed failure) implements RunEvent {}

  /** The startd or somebody above wants it to end. */
  record EndAsked(boolean graceful, String reason) implements RunEvent {}

  record StartdLost() implements RunEvent {}

  record StartdBack() implements RunEvent {}

  record Cleaned() implements RunEvent {}

  /** Time passed. */
  record Tick() implements RunEvent {}
}
