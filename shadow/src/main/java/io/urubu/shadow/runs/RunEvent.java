package io.urubu.shadow.runs;

import io.urubu.classad.ClassAd;
import io.urubu.protocol.id.RunRef;
import java.util.Optional;

/** Something that happened to a run. */
public sealed interface RunEvent {
  RunRef run();

  /** Means something only to the run that is known; about any other it is too late. */
  sealed interface OfKnownRun extends RunEvent {}

  /** About a checkpoint that the run has taken. */
  sealed interface OfCheckpoint extends OfKnownRun {}

  /** The schedd gives the rights to this run; the fault is what already keeps it from starting. */
  record AdmitAsked(Run next, Optional<Fault> fault, Moment now) implements RunEvent {
    @Override
    public RunRef run() {
      return next.ref();
    }
  }

  /** A starter showed the run's ticket. */
  record StarterOpened(RunRef run, StreamId stream, boolean resumed, Moment now)
      implements OfKnownRun {}

  /** A starter's stream is over. */
  record StarterGone(RunRef run, StreamId stream) implements OfKnownRun {}

  /** A starter's heartbeat was answered. */
  record HeartbeatAnswered(RunRef run, StreamId stream, Moment now) implements OfKnownRun {}

  /** The starter tells how the job is doing. */
  record NewsCame(RunRef run, StreamId stream, News kind, ClassAd ad) implements OfKnownRun {}

  /** The program ended and each output that it named lies ready. */
  record ProgramExited(RunRef run, StreamId stream, Exit exit) implements OfKnownRun {}

  /** The starter ended the run without the program's exit. */
  record StarterEnded(RunRef run, StreamId stream, End end) implements OfKnownRun {}

  /** The user's files cannot be read or written as the run needs it. */
  record FilesFailed(RunRef run, Fault fault) implements OfKnownRun {}

  /** The schedd takes the rights away. */
  record CloseAsked(RunRef run, String reason) implements RunEvent {}

  /** Everything that was begun for the run has returned. */
  record HandlersGone(RunRef run, Moment now) implements OfKnownRun {}

  /** Something that was begun for the run did not return in time. */
  record HandlersStuck(RunRef run) implements OfKnownRun {}

  /** Every output is in its place, durably. */
  record Published(RunRef run) implements OfKnownRun {}

  /** An output cannot be put in its place. */
  record PublishFailed(RunRef run, Fault fault) implements OfKnownRun {}

  /** The starter took a checkpoint and stored its files. */
  record CheckpointTaken(RunRef run, StreamId stream, Taken taken) implements OfCheckpoint {}

  /** A generation of the run lies durable in the store. */
  record CheckpointPrepared(RunRef run, Prepared prepared) implements OfCheckpoint {}

  /** It is known what became of a checkpoint of the run. */
  record CheckpointAnswered(RunRef run, Answer answer) implements OfCheckpoint {}

  /** The schedd answers a prepared generation, maybe of a run that is over. */
  record CheckpointRecorded(Verdict verdict) implements RunEvent {
    @Override
    public RunRef run() {
      return verdict.run();
    }
  }

  /** The generation from which the run was to go on is not what was stored, or cannot be read. */
  record RestoreFailed(RunRef run, End end) implements OfKnownRun {}

  /**
   * The schedd has committed the run's end.
   *
   * @param jobEnded the job has left the queue: its checkpoints go
   */
  record Settled(RunRef run, boolean jobEnded) implements OfKnownRun {}

  /** Time has passed. */
  record Tick(RunRef run, Moment now) implements OfKnownRun {}
}
