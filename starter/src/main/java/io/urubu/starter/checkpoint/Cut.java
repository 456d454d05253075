package io.urubu.starter.checkpoint;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The moment at which all of a job stands still, and what is done in it. */
final class Cut implements Runnable {
  private final Times times;
  private final Work work;

  /** All below are written by the thread that makes the cut, before the job goes on. */
  private volatile Optional<Instant> at = Optional.empty();

  private volatile Optional<String> problem = Optional.empty();
  private volatile Duration held = Duration.ZERO;

  Cut(Times times, Work work) {
    this.times = times;
    this.work = work;
  }

  interface Work {
    /**
     * Saves what must be of that moment.
     *
     * @throws CheckpointException when the checkpoint will not do; the job goes on all the same
     */
    void whileAllStandsStill() throws CheckpointException, InterruptedException;
  }

  @Override
  public void run() {
    long began = times.ticks();
    Instant now = times.now();
    try {
      work.whileAllStandsStill();
    } catch (CheckpointException e) {
      problem = Optional.of(String.valueOf(e.getMessage()));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      problem = Optional.of("the starter is ending");
    } catch (RuntimeException e) {
      problem = Optional.of("the cut failed: " + e);
    } finally {
      held = times.since(began);
      at = Optional.of(now);
    }
  }

  /** Empty when it was never reached. */
  Optional<Instant> at() {
    return at;
  }

  Optional<String> problem() {
    return problem;
  }

  Duration held() {
    return held;
  }
}
