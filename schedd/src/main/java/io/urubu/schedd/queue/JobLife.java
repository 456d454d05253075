package io.urubu.schedd.queue;

/**
 * A job's state and what counts for its next one.
 *
 * @param runs number of the newest run, 0 before the first
 * @param failures runs that machines failed since one went well; each doubles the wait
 */
public record JobLife(JobState state, int runs, int failures, Checkpoints checkpoints) {

  /** The life of a job that was just submitted. */
  public static final JobLife FRESH = new JobLife(new JobState.Idle(), 0, 0, Checkpoints.NONE);

  JobLife to(JobState next) {
    return new JobLife(next, runs, failures, checkpoints);
  }

  JobLife failed(int times) {
    return new JobLife(state, runs, times, checkpoints);
  }

  JobLife with(Checkpoints next) {
    return new JobLife(state, runs, failures, next);
  }

  /** The run that has, gets or loses rights now; 0 when there is none. */
  public int currentRun() {
    return switch (state) {
      case JobState.Starting(int run) -> run;
      case JobState.Running(int run) -> run;
      case JobState.Closing(int run, _) -> run;
      case JobState.Idle _, JobState.Held _, JobState.Completed _, JobState.Removed _ -> 0;
    };
  }

  public boolean hasEnded() {
    return state instanceof JobState.Completed || state instanceof JobState.Removed;
  }
}
