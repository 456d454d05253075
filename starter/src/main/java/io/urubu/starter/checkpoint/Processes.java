package io.urubu.starter.checkpoint;

import io.urubu.starter.sandbox.JobProcess;
import io.urubu.starter.sandbox.SandboxProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Sees to it that the coordinator knows every process of a job. A statically linked program loads
 * no library and escapes it: the job would go on without that child.
 */
final class Processes {
  private static final int MOST_LOOKS = 40;
  private static final long GROWN_UP_TICKS = 10;
  private static final int TICKS_PER_SECOND = 100;
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
   * Waits for a moment without newborn processes: one that has not loaded all its libraries yet may
   * not survive. A job that never has such a moment is saved all the same.
   */
  void awaitCalm() throws CheckpointException, InterruptedException {
    for (int i = 0; i < MOST_LOOKS; i++) {
      long youngest = job().stream().mapToLong(JobProcess::startTicks).max().orElse(0);
      if (uptimeTicks() - youngest >= GROWN_UP_TICKS) {
        return;
      }
      TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
    }
  }

  private static long uptimeTicks() throws CheckpointException {
    try {
      String uptime = Files.readString(Path.of("/proc/uptime"));
      return (long)
          (Double.parseDouble(uptime.substring(0, uptime.indexOf(' '))) * TICKS_PER_SECOND);
    } catch (IOException e) {
      throw new CheckpointException("/proc is not mounted", e);
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
