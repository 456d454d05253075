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
      case Entry.Terminated _, Entry.Aborted _, Entry.Held _, Entry.Released _ -> true;
      case Entry.Evicted _, Entry.ReconnectFailed _ -> false;
    };
  }

  static int kind(Entry entry) {
    return switch (entry) {
      case Entry.Evicted _ -> 4;
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
      case Entry.Evicted(var reason) -> text.evicted(job.id(), now, reason, ad, seconds(ad));
      case Entry.Aborted(var reason) -> text.aborted(job.id(), now, reason);
      case Entry.Held(var reason) ->
          text.held(job.id(), now, reason.text(), reason.code(), reason.subcode());
      case Entry.Released(var reason) -> text.released(job.id(), now, reason);
      case Entry.ReconnectFailed(var reason) ->
          text.reconnectFailed(job.id(), now, reason, ad.string("LastRemoteHost").orElse("?"));
    };
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
