package io.urubu.cli.pool;

import io.urubu.classad.ClassAd;
import io.urubu.command.CommandConnection;
import io.urubu.command.PoolException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Follows the jobs of a pool and tells each change of their state once, as it is seen. */
final class Timeline {
  private static final Map<Long, String> STATES =
      Map.of(1L, "idle", 2L, "running", 3L, "removed", 4L, "completed", 5L, "held");
  private static final long RUNNING = 2;
  private static final long HELD = 5;

  private final Path schedd;
  private final Progress progress;
  private final long start = System.nanoTime();
  private final Map<String, String> lastByJob = new TreeMap<>();

  Timeline(Path schedd, Progress progress) {
    this.schedd = schedd;
    this.progress = progress;
  }

  /**
   * Follows until every job has left the queue.
   *
   * @return false when that did not happen within the limit, or a job was held
   */
  boolean followToTheEnd(int jobs, Duration limit) throws IOException {
    return Waiting.until(limit, () -> look() == jobs) && !lastByJob.containsValue("held");
  }

  /** How many jobs have ended or are held. */
  private int look() throws IOException {
    int ended = 0;
    for (ClassAd job : jobs()) {
      String id = job.integer("ClusterId").orElse(0) + "." + job.integer("ProcId").orElse(0);
      long status = job.integer("JobStatus").orElse(0);
      tell(id, describe(job, status));
      if (status > RUNNING) {
        ended++;
      }
    }
    return ended;
  }

  private static String describe(ClassAd job, long status) {
    String state = STATES.getOrDefault(status, "state " + status);
    if (status == RUNNING) {
      return state + " on " + job.string("RemoteHost").orElse("?");
    }
    return status == HELD ? state + ": " + job.string("HoldReason").orElse("?") : state;
  }

  private void tell(String id, String state) {
    if (!state.equals(lastByJob.put(id, state))) {
      double seconds = (System.nanoTime() - start) / 1e9;
      progress.step("%6.1f s  job %s  %s".formatted(seconds, id, state));
    }
  }

  private List<ClassAd> jobs() throws IOException {
    List<ClassAd> ads = new ArrayList<>();
    try (CommandConnection connection = CommandConnection.connect(schedd)) {
      // A job is in the queue or in the history; asked in this order none is missed on its way.
      connection.call(query(false), ads::add);
      connection.call(query(true), ads::add);
    } catch (PoolException e) {
      throw new PoolFailure(e.code() + ": " + e.getMessage());
    }
    return ads;
  }

  private static ClassAd query(boolean history) {
    return ClassAd.builder().put("Command", "Query").put("History", history).build();
  }
}
