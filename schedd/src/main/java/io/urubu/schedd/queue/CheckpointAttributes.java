package io.urubu.schedd.queue;

import io.urubu.classad.ClassAd;
import io.urubu.classad.ClassAdSyntaxException;
import io.urubu.classad.Value;
import io.urubu.schedd.queue.JobAction.Entry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a job's checkpoints stand in its ad. The list there is their record: with the row that holds
 * it a checkpoint is committed.
 */
final class CheckpointAttributes {
  private static final Logger log = LoggerFactory.getLogger(CheckpointAttributes.class);
  private static final String RECORD = "Checkpoints";
  private static final String AVOIDED = "RestartFailedOn";
  private static final String AVOIDED_UNTIL = "RestartFailedUntil";
  private static final String REQUIREMENTS = "Requirements";

  /**
   * Where a restart failed the job does not go for so long; then any machine is better than none.
   */
  private static final Duration AVOIDANCE = Duration.ofSeconds(30);

  private CheckpointAttributes() {}

  /** What a step does to the job's checkpoints, in its changes. */
  static ClassAd stepped(Job job, ClassAd changes, Step step, Instant now) {
    boolean differs = !step.next().checkpoints().equals(job.life().checkpoints());
    if (!differs && step.actions().stream().noneMatch(CheckpointAttributes::isAbout)) {
      return changes;
    }
    ClassAd.Builder ad = changes.toBuilder();
    for (JobAction action : step.actions()) {
      if (action instanceof JobAction.Note(Entry.Checkpointed _)) {
        long count = changes.integer("NumCheckpoints").orElse(0) + 1;
        ad.put("NumCheckpoints", count).put("NumCkpts", count);
      } else if (action instanceof JobAction.Note(Entry.RestartFailed failed)) {
        differs = true;
        failed(ad, changes, failed.setback().consequence());
        if (failed.setback().consequence() == Checkpoints.Consequence.ELSEWHERE) {
          job.run()
              .ifPresent(
                  run ->
                      ad.put(AVOIDED, run.startd())
                          .put(AVOIDED_UNTIL, now.plus(AVOIDANCE).getEpochSecond()));
        }
      }
    }
    return differs ? written(job, ad.build(), step.next()) : ad.build();
  }

  private static boolean isAbout(JobAction action) {
    return action instanceof JobAction.Note(var entry)
        && (entry instanceof Entry.Checkpointed || entry instanceof Entry.RestartFailed);
  }

  private static void failed(
      ClassAd.Builder ad, ClassAd changes, Checkpoints.Consequence consequence) {
    count(ad, changes, "NumRestartFailures");
    switch (consequence) {
      case OLDER -> count(ad, changes, "NumCheckpointFallbacks");
      case START_OVER -> count(ad, changes, "NumStartOvers");
      case ELSEWHERE, NONE_OF_OURS -> {}
    }
  }

  private static void count(ClassAd.Builder ad, ClassAd changes, String name) {
    ad.put(name, changes.integer(name).orElse(0) + 1);
  }

  /** The time after which the job may go again to where its restart failed. */
  static Optional<Instant> avoidsUntil(ClassAd changes) {
    OptionalLong until = changes.integer(AVOIDED_UNTIL);
    return until.isPresent()
        ? Optional.of(Instant.ofEpochSecond(until.getAsLong()))
        : Optional.empty();
  }

  static ClassAd withoutAvoidance(Job job) {
    ClassAd next = job.changes().toBuilder().remove(AVOIDED).remove(AVOIDED_UNTIL).build();
    return written(job, next, job.life());
  }

  private static ClassAd written(Job job, ClassAd changes, JobLife life) {
    ClassAd.Builder ad = changes.toBuilder();
    Optional<Generation> newest = life.checkpoints().newest();
    if (newest.isPresent()) {
      put(ad, life.checkpoints(), newest.get());
    } else if (life.hasEnded()) {
      ad.remove(RECORD).remove(AVOIDED).remove(AVOIDED_UNTIL);
    } else {
      List.of(
              RECORD,
              "LastCheckpointTime",
              "LastCkptTime",
              "CheckpointSize",
              "CheckpointBackend",
              "LastCheckpointPlatform")
          .forEach(ad::remove);
    }
    boolean bound = newest.filter(generation -> !generation.platform().isEmpty()).isPresent();
    require(job, ad, bound, ad.build().has(AVOIDED));
    return ad.build();
  }

  private static void put(ClassAd.Builder ad, Checkpoints checkpoints, Generation newest) {
    long cutAt = newest.cutAt().getEpochSecond();
    expression(
        ad,
        RECORD,
        checkpoints.kept().stream()
            .map(generation -> toAd(generation).toString())
            .collect(Collectors.joining(", ", "{", "}")));
    ad.put("LastCheckpointTime", cutAt)
        .put("LastCkptTime", cutAt)
        .put("CheckpointSize", (newest.bytes() + 1023) / 1024)
        .put("CheckpointBackend", newest.backend())
        .put("LastCheckpointPlatform", newest.platform());
  }

  /**
   * The user's own requirements stay in the cluster's ad; here stand those of now, if they differ.
   */
  private static void require(Job job, ClassAd.Builder ad, boolean bound, boolean avoids) {
    ad.remove(REQUIREMENTS);
    if (bound || avoids) {
      String own = job.withChanges(ClassAd.empty()).ad().expression(REQUIREMENTS).orElse("true");
      expression(
          ad,
          REQUIREMENTS,
          "("
              + own
              + ")"
              + (bound ? " && TARGET.CheckpointPlatform =?= MY.LastCheckpointPlatform" : "")
              + (avoids ? " && TARGET.StartdName =!= MY." + AVOIDED : ""));
    }
  }

  private static void expression(ClassAd.Builder ad, String name, String text) {
    try {
      ad.putExpression(name, text);
    } catch (ClassAdSyntaxException e) {
      throw new IllegalStateException("an expression does not parse: " + text, e);
    }
  }

  private static ClassAd toAd(Generation generation) {
    ClassAd.Builder ad =
        ClassAd.builder()
            .put("Generation", generation.number())
            .put("Run", generation.run())
            .put("Backend", generation.backend())
            .put("Platform", generation.platform())
            .put("Bytes", generation.bytes())
            .put("CutAt", generation.cutAt().getEpochSecond())
            .put("RecipeSha256", generation.recipeSha256());
    if (generation.failedRestarts() > 0) {
      ad.put("FailedRestarts", generation.failedRestarts());
    }
    return ad.build();
  }

  /**
   * Reads the record back. What is no checkpoint is passed over: the rest of the queue must live.
   */
  static Checkpoints read(ClassAd changes) {
    if (!(changes.value(RECORD) instanceof Value.Items(List<Value> items))) {
      return Checkpoints.NONE;
    }
    List<Generation> kept = new ArrayList<>();
    for (Value item : items) {
      Optional<Generation> generation =
          item instanceof Value.Nested(ClassAd ad) ? fromAd(ad) : Optional.empty();
      if (generation.isEmpty()) {
        log.atWarn()
            .addKeyValue("record", changes.expression(RECORD).orElse(""))
            .log("an entry is no checkpoint; it is passed over");
      }
      generation.ifPresent(kept::add);
    }
    return new Checkpoints(kept);
  }

  private static Optional<Generation> fromAd(ClassAd ad) {
    try {
      return Optional.of(
          new Generation(
              Math.toIntExact(ad.integer("Generation").orElse(0)),
              Math.toIntExact(ad.integer("Run").orElse(0)),
              ad.string("Backend").orElse(""),
              ad.string("Platform").orElse(""),
              ad.integer("Bytes").orElse(-1),
              Instant.ofEpochSecond(ad.integer("CutAt").orElse(0)),
              ad.string("RecipeSha256").orElse(""),
              Math.toIntExact(ad.integer("FailedRestarts").orElse(0))));
    } catch (IllegalArgumentException | ArithmeticException | java.time.DateTimeException _) {
      return Optional.empty();
    }
  }
}
