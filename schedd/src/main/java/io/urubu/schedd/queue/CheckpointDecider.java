package io.urubu.schedd.queue;

import io.urubu.schedd.queue.JobAction.Entry;
import io.urubu.schedd.queue.JobAction.NotRecorded;
import io.urubu.schedd.queue.JobAction.Note;
import io.urubu.schedd.queue.JobAction.Recorded;
import io.urubu.schedd.queue.JobAction.Settle;
import io.urubu.schedd.queue.JobState.After;
import io.urubu.schedd.queue.JobState.Closing;
import io.urubu.schedd.queue.JobState.Idle;
import io.urubu.schedd.queue.RunOutcome.RestartFailed;
import java.util.Optional;

/** Which checkpoints of a job count, as a pure function: the part of {@link JobDecider} on them. */
final class CheckpointDecider {
  private CheckpointDecider() {}

  /**
   * Whether a checkpoint counts: it must be of the job's newest run, which may have ended, and
   * newer than all that count. Once a later run is to begin, nothing of an earlier one is taken:
   * the later run would go on from something older than what counts. What counts already is
   * confirmed as often as it is asked.
   */
  static Step prepared(JobLife life, int run, Generation generation) {
    Checkpoints before = life.checkpoints();
    if (before.has(generation)) {
      return Step.to(life, new Recorded(run, generation.number(), before.numbers()));
    }
    Optional<String> refusal = refusal(life, run, generation);
    if (refusal.isPresent()) {
      return Step.to(
          life, new NotRecorded(run, generation.number(), refusal.get(), before.numbers()));
    }
    Checkpoints after = before.with(generation);
    return Step.to(
        life.with(after),
        new Recorded(run, generation.number(), after.numbers()),
        new Note(new Entry.Checkpointed(generation)));
  }

  private static Optional<String> refusal(JobLife life, int run, Generation generation) {
    int newest = life.checkpoints().newest().map(Generation::number).orElse(0);
    if (life.hasEnded()) {
      return Optional.of("the job has ended");
    }
    if (life.state() instanceof Closing(_, After.Remove _)) {
      return Optional.of("the job is being removed");
    }
    if (run != life.runs()) {
      return Optional.of("it is of run %d, the job's newest is %d".formatted(run, life.runs()));
    }
    if (generation.number() <= newest) {
      return Optional.of(
          "generation %d is not newer than %d, which counts"
              .formatted(generation.number(), newest));
    }
    return Optional.empty();
  }

  /**
   * A generation is dropped by these rules alone, and the job never goes on from an older one
   * otherwise: at once when its bytes are damaged, else the second time that it could not be
   * restarted.
   */
  static Step restartFailed(JobLife life, int run, RestartFailed failed) {
    Checkpoints.Setback setback = life.checkpoints().failed(failed.generation(), failed.damaged());
    JobLife next = life.to(new Idle()).with(setback.left());
    boolean onlyTheMachine = setback.consequence() == Checkpoints.Consequence.NONE_OF_OURS;
    return Step.to(
        onlyTheMachine ? next.failed(life.failures() + 1) : next,
        new Settle(run),
        new Note(new Entry.RestartFailed(failed.generation(), failed.reason(), setback)));
  }
}
