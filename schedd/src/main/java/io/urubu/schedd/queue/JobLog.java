package io.urubu.schedd.queue;

import io.urubu.classad.ClassAd;
import io.urubu.schedd.eventlog.EventText;
import io.urubu.schedd.queue.JobAction.Entry;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.OptionalLong;

/** What a step of a job's life adds to its event log. */
final class JobLog {
  private final EventText text;
  private final Job job;
  private final Instant now;

  JobLog(EventText text, Job job, Instant now) {
    this.text = text;
    this.job = job;
    this.now = now;
  }

  /** True for entries that mean something to a reader who saw no program start. */
  static boolean standsAlone(Entry entry) {
    return switch (entry) {
      case Entry.Terminated _,
          Entry.Aborted _,
          Entry.Held _,
          Entry.Released _,
          Entry.Checkpointed _,
          Entry.RestartFailed _ ->
          true;
      case Entry.Evicted _, Entry.ReconnectFailed _ -> false;
    };
  }

  static int kind(Entry entry) {
    return switch (entry) {
      case Entry.Checkpointed _ -> 3;
      case Entry.Evicted _, Entry.RestartFailed _ -> 4;
      case Entry.Terminated _ -> 5;
      case Entry.Aborted _ -> 9;
      case Entry.Held _ -> 12;
      case Entry.Released _ -> 13;
      case Entry.ReconnectFailed _ -> 24;
    };
  }

  String text(Entry entry) {
    ClassAd ad = job.ad();
    return switch (entry) {
      case Entry.Terminated() -> text.terminated(job.id(), now, ad, seconds(ad));
      case Entry.Checkpointed(var generation) ->
          text.checkpointed(job.id(), now, ad, generation.bytes());
      case Entry.Evicted(var reason, boolean checkpointed) ->
          text.evicted(
              job.id(), now, new EventText.Eviction(reason, checkpointed), ad, seconds(ad));
      case Entry.RestartFailed failed ->
          text.evicted(
              job.id(), now, new EventText.Eviction(sentence(failed, ad), false), ad, seconds(ad));
      case Entry.Aborted(var reason) -> text.aborted(job.id(), now, reason);
      case Entry.Held(var reason) ->
          text.held(job.id(), now, reason.text(), reason.code(), reason.subcode());
      case Entry.Released(var reason) -> text.released(job.id(), now, reason);
      case Entry.ReconnectFailed(var reason) ->
          text.reconnectFailed(job.id(), now, reason, ad.string("LastRemoteHost").orElse("?"));
    };
  }

  private static String sentence(Entry.RestartFailed failed, ClassAd ad) {
    String next =
        switch (failed.setback().consequence()) {
          case ELSEWHERE -> "it is tried again, on another machine if there is one";
          case OLDER ->
              "it is given up, the job goes on from checkpoint "
                  + failed.setback().left().numbers().getFirst();
          case START_OVER -> "it is given up, the job starts over";
          case NONE_OF_OURS -> "it does not count any more";
        };
    return "Restart from checkpoint %d failed on %s: %s; %s"
        .formatted(
            failed.generation(), ad.string("LastRemoteHost").orElse("?"), failed.reason(), next);
  }

  private long seconds(ClassAd ad) {
    OptionalLong start = ad.integer("JobCurrentStartExecutingDate");
    return start.isPresent() ? Math.max(0, now.getEpochSecond() - start.getAsLong()) : 0;
  }

  /** Absolute path of the job's event log; empty when it wants none. */
  static String path(Job job) {
    String log = job.string("UserLog").orElse("");
    if (log.isEmpty()) {
      return "";
    }
    try {
      Path path = Path.of(job.string("Iwd").orElse("/")).resolve(log).normalize();
      return path.isAbsolute() ? path.toString() : "";
    } catch (InvalidPathException _) {
      return "";
    }
  }
}
