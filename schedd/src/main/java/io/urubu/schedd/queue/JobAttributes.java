package io.urubu.schedd.queue;

import io.urubu.classad.ClassAd;
import io.urubu.classad.ClassAdSyntaxException;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/** How a job's attributes follow its life. */
final class JobAttributes {
  /** What a shadow may report of a run; everything else in its ads is ignored. */
  private static final List<String> REPORTED =
      List.of(
          "ExitBySignal",
          "ExitCode",
          "ExitSignal",
          "RemoteUserCpu",
          "RemoteSysCpu",
          "BytesSent",
          "BytesRecvd",
          "DiskUsage",
          "ImageSize",
          "ResidentSetSize",
          "MemoryUsage");

  private final ClassAd before;
  private final ClassAd.Builder ad;

  private JobAttributes(ClassAd before) {
    this.before = before;
    this.ad = before.toBuilder();
  }

  static ClassAd assigned(ClassAd changes, String slot, Instant now) {
    JobAttributes next = new JobAttributes(changes);
    next.count("NumShadowStarts");
    next.count("JobRunCount");
    if (!changes.has("JobStartDate")) {
      next.ad.put("JobStartDate", now.getEpochSecond());
    }
    next.ad
        .put("JobCurrentStartDate", now.getEpochSecond())
        .put("RemoteHost", slot)
        .put("StartdName", slot.substring(slot.indexOf('@') + 1));
    return next.ad.build();
  }

  /** Every checkpoint that counts when a run starts is of an earlier run. */
  static ClassAd executing(Job job, ClassAd news, Instant now) {
    JobAttributes next = new JobAttributes(job.changes());
    next.count("NumJobStarts");
    job.life().checkpoints().kept().stream()
        .filter(generation -> generation.run() < job.life().currentRun())
        .findFirst()
        .ifPresent(
            generation -> {
              next.count("NumRestarts");
              next.ad.put("LastRestartCheckpoint", generation.number());
            });
    next.ad.put("JobCurrentStartExecutingDate", now.getEpochSecond());
    for (String name : List.of("Cpus", "Disk", "Memory")) {
      next.copy(news, name, name + "Provisioned");
    }
    return next.ad.build();
  }

  static ClassAd checkpointed(ClassAd changes, ClassAd news) {
    JobAttributes next = new JobAttributes(usage(changes, news));
    next.copy(news, "CheckpointSeconds", "LastCheckpointSeconds");
    return next.ad.build();
  }

  static ClassAd checkpointFailed(ClassAd changes, String reason) {
    JobAttributes next = new JobAttributes(changes);
    next.count("NumCheckpointFailures");
    return next.ad.put("LastCheckpointFailure", reason).build();
  }

  static ClassAd usage(ClassAd changes, ClassAd news) {
    JobAttributes next = new JobAttributes(changes);
    REPORTED.stream()
        .filter(name -> !name.startsWith("Exit"))
        .forEach(name -> next.copy(news, name, name));
    return next.ad.build();
  }

  /** The run is over, whatever follows. */
  static ClassAd runEnded(ClassAd changes, ClassAd report, Instant now) {
    JobAttributes next = new JobAttributes(changes);
    REPORTED.forEach(name -> next.copy(report, name, name));
    changes.string("RemoteHost").ifPresent(host -> next.ad.put("LastRemoteHost", host));
    OptionalLong start = changes.integer("JobCurrentStartDate");
    if (start.isPresent()) {
      long seconds = Math.max(0, now.getEpochSecond() - start.getAsLong());
      long earlier = changes.integer("RemoteWallClockTime").orElse(0);
      next.ad.put("RemoteWallClockTime", (double) (earlier + seconds));
      next.ad.put("LastRemoteWallClockTime", (double) seconds);
    }
    return next.ad.remove("RemoteHost").remove("StartdName").build();
  }

  /** What the new state adds to the ad, or takes from it. */
  static ClassAd entered(ClassAd changes, JobLife life, Instant now) {
    ClassAd.Builder ad = changes.toBuilder();
    switch (life.state()) {
      case JobState.Completed() -> ad.put("CompletionDate", now.getEpochSecond());
      case JobState.Idle() ->
          ad.remove("HoldReason").remove("HoldReasonCode").remove("HoldReasonSubCode");
      case JobState.Closing(_, JobState.After.Hold(var reason)) -> held(ad, reason);
      case JobState.Closing(_, JobState.After.Remove(var reason)) -> ad.put("RemoveReason", reason);
      case JobState.Starting _,
          JobState.Running _,
          JobState.Closing _,
          JobState.Held _,
          JobState.Removed _ -> {}
    }
    return ad.build();
  }

  /** Why a step held or removed the job. */
  static ClassAd explained(ClassAd changes, Step step) {
    ClassAd.Builder ad = changes.toBuilder();
    for (JobAction action : step.actions()) {
      if (action instanceof JobAction.Note(JobAction.Entry.Held(var reason))) {
        held(ad, reason);
      } else if (action instanceof JobAction.Note(JobAction.Entry.Aborted(var reason))) {
        ad.put("RemoveReason", reason);
      }
    }
    return ad.build();
  }

  static void held(ClassAd.Builder ad, HoldReason reason) {
    ad.put("HoldReason", reason.text())
        .put("HoldReasonCode", reason.code())
        .put("HoldReasonSubCode", reason.subcode());
  }

  private void count(String name) {
    ad.put(name, before.integer(name).orElse(0) + 1);
  }

  private void copy(ClassAd from, String name, String as) {
    from.expression(name)
        .ifPresent(
            text -> {
              try {
                ad.putExpression(as, text);
              } catch (ClassAdSyntaxException e) {
                throw new IllegalStateException("an expression does not parse again: " + text, e);
              }
            });
  }
}
