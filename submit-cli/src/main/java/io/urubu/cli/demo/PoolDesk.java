package io.urubu.cli.demo;

import io.urubu.classad.ClassAd;
import io.urubu.cli.pool.PoolFailure;
import io.urubu.cli.pool.PoolRuntime;
import io.urubu.cli.pool.Programs;
import io.urubu.cli.session.Session;
import io.urubu.command.PoolException;
import io.urubu.command.presence.ProcessMark;
import io.urubu.command.presence.RunFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the demonstration asks the daemons of its pool. */
final class PoolDesk {
  private static final long SUBMIT_SECONDS = 60;

  private final Session session;
  private final Map<String, String> environment;

  /**
   * @param caller where this command prints
   * @param environment names the demonstration's pool
   */
  PoolDesk(Session caller, Map<String, String> environment) {
    this.session = new Session(caller.out(), caller.err(), environment);
    this.environment = Map.copyOf(environment);
  }

  /** Runs {@code urubu submit} in that folder; returns what it printed. */
  String submit(Path folder, String description) throws IOException {
    PoolRuntime own = PoolRuntime.own();
    List<String> command = new ArrayList<>();
    command.add(own.java().toString());
    command.addAll(List.of("-cp", own.lib() + "/*", "io.urubu.cli.Main"));
    command.addAll(List.of("submit", description));
    Programs.Ended ended = Programs.runIn(folder, environment, command, SUBMIT_SECONDS);
    if (ended.status() != 0) {
      throw new PoolFailure("the jobs were not submitted: " + ended.output());
    }
    return ended.output();
  }

  /** The ads of these jobs or clusters, or of all jobs when none are named. */
  List<ClassAd> jobs(List<String> ids) throws IOException {
    // A job is in the queue or in the history; asked in this order none is missed on its way.
    List<ClassAd> ads = new ArrayList<>(list(query(ids, false)));
    ads.addAll(list(query(ids, true)));
    return ads;
  }

  private static ClassAd query(List<String> ids, boolean history) {
    return ClassAd.builder()
        .put("Command", "Query")
        .put("Ids", ids)
        .put("History", history)
        .build();
  }

  List<ClassAd> machines() throws IOException {
    return list(ClassAd.builder().put("Command", "Machines").build());
  }

  /** Lets the owner of a workstation come back, or go. */
  void owner(String workstation, boolean active) throws IOException {
    ask(workstation, ClassAd.builder().put("Command", "Owner").put("Active", active).build());
  }

  /** The process of a workstation's startd. */
  long pid(String workstation) throws IOException {
    return RunFolder.of(session.places().run(), workstation)
        .living()
        .map(ProcessMark::pid)
        .orElseThrow(() -> new PoolFailure("the startd of " + workstation + " does not run"));
  }

  private List<ClassAd> list(ClassAd request) throws IOException {
    return ask("schedd", request);
  }

  private List<ClassAd> ask(String daemon, ClassAd request) throws IOException {
    List<ClassAd> items = new ArrayList<>();
    try {
      session.ask(daemon, request, items::add);
    } catch (PoolException e) {
      throw new PoolFailure(daemon + ": " + e.code() + ": " + e.getMessage());
    }
    return items;
  }
}
