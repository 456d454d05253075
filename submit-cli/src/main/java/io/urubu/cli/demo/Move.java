package io.urubu.cli.demo;

import io.urubu.classad.ClassAd;
import io.urubu.cli.eventlog.EventLog;
import io.urubu.cli.pool.PoolFailure;
import io.urubu.cli.pool.PoolRuntime;
import io.urubu.cli.pool.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One program runs twice at the same time: undisturbed on the last workstation, and on the others,
 * whose owners come back.
 */
final class Move {
  private static final Duration WORK = Duration.ofSeconds(16);
  private static final Duration STAY = Duration.ofMillis(3500);
  private static final int RETURNS = 2;
  private static final Duration AT_ONCE = Duration.ofSeconds(1);
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final Duration STEP = Duration.ofMillis(200);
  private static final long COMPLETED = 4;
  private static final String UNDISTURBED = "undisturbed";
  private static final String MOVED = "moved";
  private static final String QUIET_PLACE = "regexp(\"@ws3@\", TARGET.Name)";
  private static final Pattern CLUSTER = Pattern.compile("submitted to cluster (\\d+)\\.");

  private final PoolDesk desk;
  private final Timeline timeline;
  private final Traveller traveller;

  Move(PoolDesk desk, Timeline timeline, Traveller traveller) {
    this.desk = desk;
    this.timeline = timeline;
    this.traveller = traveller;
  }

  /** True when the output is that of an undisturbed run and the owners got their machines. */
  boolean run(Path work) throws IOException {
    Files.createDirectories(work);
    Path program = work.resolve(String.valueOf(traveller.program().getFileName()));
    Files.copy(traveller.program(), program);
    long lines = traveller.linesFor(work, WORK);
    Path input = traveller.input().into(work, lines);
    timeline.say(
        "%s, %s: works on %d lines (%s) of %s, about %d s"
            .formatted(
                program.getFileName(),
                traveller.title(),
                lines,
                Follower.megabytes(Files.size(input)),
                input.getFileName(),
                WORK.toSeconds()));
    String undisturbed = submit(work, UNDISTURBED, QUIET_PLACE);
    String moved = submit(work, MOVED, "!" + QUIET_PLACE);
    try (EventLog log = EventLog.open(work.resolve(MOVED + ".log"))) {
      Journey journey = new Follower(desk, timeline, log, moved).follow(RETURNS, STAY);
      ClassAd reference = awaitEnd(undisturbed);
      return new Verdict(timeline)
          .of(
              journey,
              Outputs.read(work.resolve(UNDISTURBED + ".out"), work.resolve(MOVED + ".out")),
              reference,
              awaitEnd(moved));
    }
  }

  private String submit(Path work, String run, String requirements) throws IOException {
    String description =
        "run = %s\nrequirements = %s\n".formatted(run, requirements)
            + Files.readString(
                PoolRuntime.own().examples().resolve("owner").resolve(traveller.name() + ".sub"));
    Files.writeString(work.resolve(run + ".sub"), description);
    String said = desk.submit(work, run + ".sub");
    Matcher cluster = CLUSTER.matcher(said);
    if (!cluster.find()) {
      throw new PoolFailure("the job was not submitted: " + said);
    }
    return cluster.group(1) + ".0";
  }

  private ClassAd awaitEnd(String job) throws IOException {
    if (!Waiting.until(LIMIT, STEP, () -> ended(job).isPresent())) {
      throw new PoolFailure("job " + job + " did not end within " + LIMIT.toSeconds() + " s");
    }
    return ended(job).orElseThrow();
  }

  private Optional<ClassAd> ended(String job) throws IOException {
    return desk.jobs(List.of(job)).stream()
        .filter(ad -> ad.integer("JobStatus").orElse(0) == COMPLETED)
        .findFirst();
  }

  /** Says what held and what did not. */
  private record Verdict(Timeline timeline) {

    boolean of(Journey journey, Outputs outputs, ClassAd reference, ClassAd moved) {
      Optional<String> number = outputs.keptNumber();
      Optional<String> difference = outputs.firstDifference();
      boolean right = check("both runs ended with exit code 0", isWell(reference) && isWell(moved));
      right &=
          check(
              "the random number in its memory stayed the same"
                  + number.map(text -> ": " + text).orElse(""),
              number.isPresent());
      right &=
          check("its progress never went back and told nothing twice", outputs.onlyGoesForward());
      right &=
          check(
              "its %d lines are those of the undisturbed run".formatted(outputs.size())
                  + difference.map(text -> ": " + text).orElse(""),
              difference.isEmpty());
      right &=
          check(
              "%d checkpoints, no start from the beginning".formatted(journey.sizes().size()),
              journey.sizes().size() >= RETURNS && moved.integer("NumStartOvers").orElse(0) == 0);
      right &=
          check(
              "it never went on where its owner was",
              journey.places().size() == RETURNS + 1 && journey.alwaysMoved());
      right &=
          check(
              "it stood still within " + AT_ONCE.toMillis() + " ms of each owner's return",
              journey.stops().stream().allMatch(stop -> stop.compareTo(AT_ONCE) <= 0));
      figures(journey);
      return right;
    }

    private static boolean isWell(ClassAd job) {
      return !job.bool("ExitBySignal").orElse(false) && job.integer("ExitCode").orElse(-1) == 0;
    }

    private boolean check(String what, boolean holds) {
      timeline.say((holds ? "right: " : "WRONG: ") + what);
      return holds;
    }

    private void figures(Journey journey) {
      timeline.say(
          "figures: on %s; stopped after %s ms; checkpoints of %s in %s; vacated after %s; running elsewhere %s later; %s in all"
              .formatted(
                  String.join(", then ", journey.places()),
                  journey.stops().stream()
                      .map(stop -> Long.toString(stop.toMillis()))
                      .collect(Collectors.joining(" and ")),
                  journey.sizes().stream()
                      .map(Follower::megabytes)
                      .collect(Collectors.joining(" and ")),
                  times(journey.saves()),
                  times(journey.leavings()),
                  times(journey.gaps()),
                  Timeline.seconds(journey.whole())));
    }

    private static String times(List<Duration> times) {
      return times.stream().map(Timeline::seconds).collect(Collectors.joining(" and "));
    }
  }
}
