package io.urubu.shadow.runs;

import io.urubu.classad.ClassAd;
import io.urubu.protocol.id.RunRef;

/**
 * Something to be done, in the order of the step. Each may be done twice: a crash in between
 * repeats it.
 */
public sealed interface RunAction {

  /** Makes the run durable; earlier runs of the job have no rights from then on. */
  record RecordAdmit(Run run) implements RunAction {}

  /** Makes the end durable; the run has no rights from then on. */
  record RecordEnd(RunRef run, End end) implements RunAction {}

  /** Makes durable that the program ended and which outputs go where. */
  record RecordExit(RunRef run, Exit exit) implements RunAction {}

  /** Makes durable that every output is in its place. */
  record RecordPublished(RunRef run) implements RunAction {}

  /** Makes durable that nothing need be remembered of the run. */
  record RecordSettled(RunRef run) implements RunAction {}

  /** Lets starters use the run's files. */
  record OpenGate(Run run) implements RunAction {}

  /** Ends the use of the run's files; what is in the middle of a read or write may return. */
  record ShutGate(RunRef run) implements RunAction {}

  /** Waits, for a bounded time, until everything begun for the run has returned. */
  record AwaitHandlers(RunRef run) implements RunAction {}

  /** Puts the outputs in their places. */
  record Publish(Run run, Exit exit) implements RunAction {}

  /** Removes what was stored for the run and never got to its place. */
  record RemoveLeftovers(Run run) implements RunAction {}

  /** Makes a durable generation of what the starter stored. */
  record PrepareCheckpoint(Run run, Taken taken) implements RunAction {}

  /** Makes durable that a generation waits for the schedd's answer. */
  record RecordPrepared(Prepared prepared) implements RunAction {}

  /** Makes the schedd's answer durable, and deletes the generations that do not count any more. */
  record SettleCheckpoint(Verdict verdict) implements RunAction {}

  /** Deletes all generations of the run's job. */
  record RemoveGenerations(RunRef run) implements RunAction {}

  /** Tells the schedd that a generation is durable here. */
  record SayPrepared(Prepared prepared) implements RunAction {}

  /** Tells the starter what became of its checkpoint. */
  record SendAnswer(StreamId stream, Answer answer) implements RunAction {}

  /** Tells the schedd that the run has the rights. */
  record SayAdmitted(RunRef run) implements RunAction {}

  /** Tells the schedd that the run cannot have them. */
  record SayAdmitFailed(RunRef run, Fault fault) implements RunAction {}

  /** Tells the schedd how the run ended. */
  record SayEnded(RunRef run, End end) implements RunAction {}

  /** Tells the schedd how the run is doing. */
  record SayNews(RunRef run, News kind, ClassAd ad) implements RunAction {}

  /** Tells the starter what to lay down. */
  record SendOpened(Run run, StreamId stream) implements RunAction {}

  /** Tells the starter that the run has lost its rights. */
  record SendClosed(StreamId stream, String reason) implements RunAction {}

  /** Tells the starter that the run's end is durable here. */
  record SendFinished(StreamId stream) implements RunAction {}

  /** Ends a stream in whose place another has come. */
  record DropStream(StreamId stream) implements RunAction {}
}
