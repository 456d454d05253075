package io.urubu.cli.demo;

import io.urubu.classad.ClassAd;
import io.urubu.classad.Value;
import io.urubu.cli.eventlog.EventLog;
import io.urubu.cli.eventlog.LogEvent;
import io.urubu.cli.pool.PoolFailure;
import io.urubu.cli.pool.Waiting;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Follows one job by its event log and its ad, plays the owners, and tells what happens. */
final class Follower {
  private static final Duration STEP = Duration.ofMillis(10);
  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final int CHECKPOINTED = 3;
  private static final int EVICTED = 4;
  private static final int HELD = 12;
  private static final Pattern SLOT = Pattern.compile("SlotName: slot[0-9_]+@([^@\\s]+)@?");

  private final PoolDesk desk;
  private final Timeline timeline;
  private final EventLog log;
  private final String job;
  private final List<String> places = new ArrayList<>();
  private final List<Duration> stops = new ArrayList<>();
  private final List<Duration> leavings = new ArrayList<>();
  private final List<Duration> gaps = new ArrayList<>();
  private final List<Long> sizes = new ArrayList<>();
  private final List<Duration> saves = new ArrayList<>();
  private boolean ended;
  private long firstStart;
  private long ownerBack;
  private long left;

  Follower(PoolDesk desk, Timeline timeline, EventLog log, String job) {
    this.desk = desk;
    this.timeline = timeline;
    this.log = log;
    this.job = job;
  }

  /**
   * Follows the job to its end, while owners come back to where it is so many times.
   *
   * @param stay how long it is left in peace each time
   */
  Journey follow(int returns, Duration stay) throws IOException {
    until("started", () -> !places.isEmpty());
    for (int i = 1; i <= returns; i++) {
      Waiting.until(stay, STEP, this::hasEnded);
      if (ended) {
        throw new PoolFailure("the job ended before the owner came back: try again");
      }
      comeBack(places.getLast(), i);
    }
    until("ended", this::hasEnded);
    Duration whole = Duration.ofNanos(System.nanoTime() - firstStart);
    return new Journey(places, stops, leavings, gaps, sizes, saves, whole);
  }

  /** The owner is back until the job runs elsewhere. */
  private void comeBack(String workstation, int runs) throws IOException {
    timeline.at("the owner of " + workstation + " is back");
    ownerBack = System.nanoTime();
    Duration stop =
        Standstill.after(() -> desk.owner(workstation, true), desk.pid(workstation), LIMIT);
    stops.add(stop);
    timeline.at("stopped after " + stop.toMillis() + " ms");
    until("away from " + workstation, () -> leavings.size() >= runs);
    until("running again", () -> places.size() > runs);
    desk.owner(workstation, false);
    timeline.at("the owner of " + workstation + " goes");
  }

  private boolean hasEnded() throws IOException {
    look();
    return ended;
  }

  private void until(String what, Waiting.Condition condition) throws IOException {
    boolean so =
        Waiting.until(
            LIMIT,
            STEP,
            () -> {
              look();
              return condition.holds();
            });
    if (!so) {
      throw new PoolFailure(
          "job %s was not %s within %d s".formatted(job, what, LIMIT.toSeconds()));
    }
  }

  private void look() throws IOException {
    for (LogEvent event : log.more()) {
      if (job.equals(event.cluster() + "." + event.proc())) {
        tell(event);
      }
    }
  }

  private void tell(LogEvent event) throws IOException {
    switch (event.kind()) {
      case LogEvent.SUBMITTED -> timeline.at("job " + job + " waits");
      case LogEvent.EXECUTING -> executing(event);
      case CHECKPOINTED -> checkpointed();
      case EVICTED -> evicted();
      case LogEvent.TERMINATED -> {
        ended = true;
        timeline.at("done");
      }
      case LogEvent.ABORTED, HELD ->
          throw new PoolFailure("job " + job + ": " + event.text().strip().replaceAll("\\s+", " "));
      default -> {
        // Sizes, suspension: told from nearer sources.
      }
    }
  }

  private void executing(LogEvent event) {
    long now = System.nanoTime();
    Matcher slot = SLOT.matcher(event.text());
    String workstation = slot.find() ? slot.group(1) : event.title();
    if (places.isEmpty()) {
      firstStart = now;
      timeline.at("matched, running on " + workstation);
    } else {
      gaps.add(Duration.ofNanos(now - left));
      timeline.at(
          "running on "
              + workstation
              + (sizes.isEmpty() ? " from its beginning" : " from its checkpoint"));
    }
    places.add(workstation);
  }

  private void checkpointed() throws IOException {
    ClassAd ad = ad();
    long bytes = newestSize(ad);
    double seconds = ad.real("LastCheckpointSeconds").orElse(0);
    sizes.add(bytes);
    saves.add(Duration.ofMillis((long) (seconds * 1000)));
    timeline.at(
        String.format(Locale.ROOT, "checkpoint of %s in %.2f s", megabytes(bytes), seconds));
  }

  private ClassAd ad() throws IOException {
    return desk.jobs(List.of(job)).stream().findFirst().orElse(ClassAd.empty());
  }

  private static long newestSize(ClassAd job) {
    boolean has =
        job.value("Checkpoints") instanceof Value.Items(List<Value> items) && !items.isEmpty();
    return has
            && job.value("Checkpoints") instanceof Value.Items(List<Value> items)
            && items.getFirst() instanceof Value.Nested(ClassAd newest)
        ? newest.integer("Bytes").orElse(0)
        : 0;
  }

  static String megabytes(long bytes) {
    return bytes < 100_000
        ? String.format(Locale.ROOT, "%.1f KB", bytes / 1e3)
        : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
  }

  private void evicted() throws IOException {
    left = System.nanoTime();
    ClassAd ad = ad();
    if (sizes.size() < places.size()) {
      timeline.at(
          "NOT saved: " + ad.string("LastCheckpointFailure").orElse("no checkpoint was taken"));
    }
    leavings.add(Duration.ofNanos(left - ownerBack));
    String why = ad.string("VacateReason").orElse("");
    timeline.at("vacated " + places.getLast() + (why.isEmpty() ? "" : ": " + why));
  }
}
