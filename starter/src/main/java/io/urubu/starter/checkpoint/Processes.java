package io.urubu.starter.checkpoint;

import io.urubu.starter.sandbox.JobProcess;
import io.urubu.starter.sandbox.SandboxProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Sees to it that the coordinator knows every process of a job. A statically linked program loads
 * no library and escapes it: the job would go on without that child.
 */
final class Processes {
  private static final int MOST_LOOKS = 60;
  private static final int CALM_LOOKS = 4;
  private static final int TRIES = 4;
  private static final Duration PAUSE = Duration.ofMillis(25);

  private final SandboxProcess process;
  private final Coordinator coordinator;
  private volatile int seen;

  Processes(SandboxProcess process, Coordinator coordinator) {
    this.process = process;
    this.coordinator = coordinator;
  }

  /** The job's processes, all of which will be saved. One that is being born gets a little time. */
  List<JobProcess> check() throws CheckpointException, InterruptedException {
    String problem = "";
    for (int i = 0; i < TRIES; i++) {
      if (i > 0) {
        TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
      }
      Set<Long> known =
          coordinator
              .peers()
              .orElseThrow(
                  () ->
                      new CheckpointException(
                          "the job's coordinator does not answer: it was ended from within the"
                              + " job; the job cannot be saved, and runs on if it did not end"));
      List<JobProcess> job = job();
      seen = known.size();
      List<JobProcess> strangers =
          job.stream()
              .filter(member -> !member.isSavable() || !known.contains(member.pid()))
              .toList();
      if (strangers.isEmpty() && !known.isEmpty()) {
        return job;
      }
      problem =
          known.isEmpty()
              ? "no process of the job can be saved yet"
              : "process %d (%s) of the job is statically linked, or escaped DMTCP in another way"
                  .formatted(strangers.getFirst().pid(), strangers.getFirst().name());
    }
    throw new CheckpointException(
        problem + ": the job cannot be saved as long as it has it (link it dynamically)");
  }

  /**
   * Waits for a moment without newborn processes: DMTCP may lose one that has not loaded all its
   * libraries yet, and its parent may go on with a wrong result.
   *
   * @throws CheckpointException when the job never has such a moment: better not saved than wrong
   */
  void awaitCalm() throws CheckpointException, InterruptedException {
    Set<Life> before = Set.of();
    int calm = 0;
    for (int look = 0; look < MOST_LOOKS; look++) {
      Set<Life> now = job().stream().map(Life::of).collect(Collectors.toSet());
      calm = now.equals(before) ? calm + 1 : 0;
      if (calm == CALM_LOOKS) {
        return;
      }
      before = now;
      TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
    }
    throw new CheckpointException(
        "the job starts processes faster than DMTCP can save it without losing one; it runs on"
            + " (let it save itself: checkpoint_exit_code)");
  }

  /** Changes with every child that is born or was waited for, however short it lived. */
  private record Life(long pid, long startTicks, long childFaults) {
    static Life of(JobProcess process) {
      return new Life(process.pid(), process.startTicks(), process.childFaults());
    }
  }

  private List<JobProcess> job() throws CheckpointException {
    try {
      return process.job();
    } catch (IOException e) {
      throw new CheckpointException("the job's processes cannot be seen: " + e.getMessage(), e);
    }
  }

  /** How many there were when it was looked last. */
  int seen() {
    return seen;
  }
}
