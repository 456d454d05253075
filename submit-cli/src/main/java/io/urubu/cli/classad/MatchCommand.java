package io.urubu.cli.classad;

import io.urubu.classad.ClassAd;
import io.urubu.classad.Match;
import io.urubu.classad.Matcher;
import io.urubu.cli.session.JsonArray;
import io.urubu.cli.session.Session;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "match",
    description = "Tells which machines a job matches, and how each side ranks the other.",
    mixinStandardHelpOptions = true)
final class MatchCommand implements Callable<Integer> {
  private static final int RANK_WIDTH = 12;
  private static final String COLUMNS = "%-5s  %-7s  %-7s  %12s  %12s  %s%n";

  private final Session session;
  private final AdFiles files;

  @Parameters(
      index = "0",
      paramLabel = "JOB",
      description = "The job's ad, alone in this file (-: standard input).")
  private String job = "";

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "MACHINES",
      description = "Files of machine ads.")
  private List<String> machines = List.of();

  @Option(names = "--json", description = "An object for each machine, as a JSON array.")
  private boolean json;

  MatchCommand(Session session, AdFiles files) {
    this.session = session;
    this.files = files;
  }

  /** What two ads say of each other. */
  private record Meeting(
      boolean accepts, boolean accepted, double rank, double theirRank, String name) {
    boolean matches() {
      return accepts && accepted;
    }
  }

  @Override
  public Integer call() throws Exception {
    InstantSource clock = InstantSource.system();
    ClassAd ad = files.only(job).ad();
    Matcher matcher = Matcher.of(ad, clock);
    if (json) {
      JsonArray array = new JsonArray(session.out());
      files.each(machines, machine -> array.add(object(meeting(matcher, machine, clock))));
      array.end();
      return 0;
    }
    session
        .out()
        .printf(Locale.ROOT, COLUMNS, "MATCH", "JOB", "MACHINE", "JOB RANK", "ITS RANK", "NAME");
    files.each(machines, machine -> print(meeting(matcher, machine, clock)));
    return 0;
  }

  private static Meeting meeting(Matcher job, NamedAd machine, InstantSource clock) {
    return new Meeting(
        job.accepts(machine.ad()),
        Match.accepts(machine.ad(), job.ad(), clock),
        job.rank(machine.ad()),
        Match.rank(machine.ad(), job.ad(), clock),
        machine.name());
  }

  private void print(Meeting meeting) {
    session
        .out()
        .printf(
            Locale.ROOT,
            COLUMNS,
            meeting.matches() ? "yes" : "no",
            meeting.accepts() ? "accepts" : "refuses",
            meeting.accepted() ? "accepts" : "refuses",
            number(meeting.rank()),
            number(meeting.theirRank()),
            meeting.name());
  }

  /** Whole numbers without a fraction, no number wider than its column. */
  private static String number(double rank) {
    if (rank == Math.rint(rank) && Math.abs(rank) < 1e12) {
      return Long.toString((long) rank);
    }
    String exact = Double.toString(rank);
    return exact.length() > RANK_WIDTH ? String.format(Locale.ROOT, "%.6g", rank) : exact;
  }

  private static ClassAd object(Meeting meeting) {
    return ClassAd.builder()
        .put("Name", meeting.name())
        .put("Matches", meeting.matches())
        .put("JobAccepts", meeting.accepts())
        .put("MachineAccepts", meeting.accepted())
        .put("JobRank", meeting.rank())
        .put("MachineRank", meeting.theirRank())
        .build();
  }
}
