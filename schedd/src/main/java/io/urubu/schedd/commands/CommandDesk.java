package io.urubu.schedd.commands;

import io.urubu.classad.ClassAd;
import io.urubu.command.CommandConnection;
import io.urubu.command.Frame;
import io.urubu.command.Peer;
import io.urubu.command.PoolError;
import io.urubu.command.PoolException;
import io.urubu.schedd.queue.Submission;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

/** Answers the requests of the command socket. */
public final class CommandDesk {
  private static final int MOST_ANSWERS = 10_000_000;
  private static final int MAX_PROJECTION = 1000;

  /** Where machine ads come from. */
  @FunctionalInterface
  public interface Machines {
    void read(String constraint, java.util.function.Consumer<ClassAd> reader) throws PoolException;
  }

  private final JobCommands commands;
  private final JobQueries queries;
  private final Machines machines;
  private final List<String> administrators;

  public CommandDesk(
      JobCommands commands, JobQueries queries, Machines machines, List<String> administrators) {
    this.commands = commands;
    this.queries = queries;
    this.machines = machines;
    this.administrators = List.copyOf(administrators);
  }

  /** The asking account, with its rights here. */
  public Principal principal(Peer peer) {
    return new Principal(
        peer.name(), administrators.contains("*") || administrators.contains(peer.name()));
  }

  public void serve(CommandConnection connection, Peer peer, Frame request)
      throws IOException, PoolException {
    Principal asking = principal(peer);
    ClassAd ad = request.ad();
    String command = ad.string("Command").orElse("");
    ClassAd done =
        switch (command) {
          case "Submit" -> submit(asking, ad);
          case "Query" -> query(connection, asking, ad);
          case "Remove" -> act(connection, JobCommands.Verb.REMOVE, asking, ad);
          case "Hold" -> act(connection, JobCommands.Verb.HOLD, asking, ad);
          case "Release" -> act(connection, JobCommands.Verb.RELEASE, asking, ad);
          case "Vacate" ->
              act(
                  connection,
                  ad.bool("Fast").orElse(false)
                      ? JobCommands.Verb.VACATE_FAST
                      : JobCommands.Verb.VACATE,
                  asking,
                  ad);
          case "Suspend" -> act(connection, JobCommands.Verb.SUSPEND, asking, ad);
          case "Continue" -> act(connection, JobCommands.Verb.CONTINUE, asking, ad);
          case "Checkpoint" -> act(connection, JobCommands.Verb.CHECKPOINT, asking, ad);
          case "Machines" -> machines(connection, ad);
          default ->
              throw new PoolException(
                  PoolError.REQUEST_INVALID,
                  "the command '" + command + "' is not known here: update one of the two sides");
        };
    connection.send(Frame.Kind.DONE, done);
  }

  private ClassAd submit(Principal asking, ClassAd request) throws PoolException {
    Submission.Receipt receipt =
        commands.submit(
            new Submission(
                asking.account(),
                request.string("RequestId").orElse(""),
                request.ad("ClusterAd").orElseThrow(() -> missing("ClusterAd")),
                request.ad("ProcTemplate").orElse(ClassAd.empty()),
                Math.clamp(request.integer("Count").orElse(1), 0, Integer.MAX_VALUE)));
    return ClassAd.builder()
        .put("ClusterId", receipt.cluster())
        .put("Count", receipt.jobs())
        .build();
  }

  private static PoolException missing(String attribute) {
    return new PoolException(PoolError.REQUEST_INVALID, "the request has no " + attribute);
  }

  private static JobTarget target(ClassAd request) throws PoolException {
    return JobTarget.parse(request.strings("Ids"), request.string("Constraint"));
  }

  private ClassAd query(CommandConnection connection, Principal asking, ClassAd request)
      throws PoolException {
    OptionalLong limit = request.integer("Limit");
    List<String> projection = request.strings("Projection");
    if (projection.size() > MAX_PROJECTION) {
      throw new PoolException(
          PoolError.LIMIT_EXCEEDED, "Projection has more than " + MAX_PROJECTION + " names");
    }
    JobQueries.Question question =
        new JobQueries.Question(
            target(request),
            request.bool("AllUsers").orElse(false),
            limit.isPresent() && limit.getAsLong() >= 0
                ? (int) Math.min(limit.getAsLong(), MOST_ANSWERS)
                : MOST_ANSWERS,
            projection);
    long[] count = {0};
    Predicate<ClassAd> reader =
        ad -> {
          item(connection, ad);
          count[0]++;
          return true;
        };
    if (request.bool("History").orElse(false)) {
      queries.ended(asking, question, reader);
    } else {
      queries.live(asking, question, reader);
    }
    return ClassAd.builder().put("Count", count[0]).build();
  }

  private ClassAd act(
      CommandConnection connection, JobCommands.Verb verb, Principal asking, ClassAd request)
      throws PoolException {
    Optional<String> reason = request.string("Reason");
    List<JobCommands.Result> results = commands.act(verb, asking, target(request), reason);
    long done = 0;
    for (JobCommands.Result result : results) {
      done += result.done() ? 1 : 0;
      item(
          connection,
          ClassAd.builder()
              .put("Id", result.id())
              .put("Found", result.found())
              .put("Done", result.done())
              .put("Text", result.text())
              .build());
    }
    return ClassAd.builder().put("Count", done).build();
  }

  private ClassAd machines(CommandConnection connection, ClassAd request) throws PoolException {
    long[] count = {0};
    machines.read(
        request.string("Constraint").orElse(""),
        ad -> {
          item(connection, ad);
          count[0]++;
        });
    return ClassAd.builder().put("Count", count[0]).build();
  }

  private static void item(CommandConnection connection, ClassAd ad) {
    try {
      connection.send(Frame.Kind.ITEM, ad);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
