package io.urubu.cli;

import io.urubu.classad.ClassAd;
import io.urubu.command.CommandConnection;
import io.urubu.command.CommandServer;
import io.urubu.command.Frame;
import io.urubu.command.PoolException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Answers on a real command socket as it was told, and keeps what it was asked. */
public final class FakeDaemon implements AutoCloseable {
  private final List<ClassAd> requests = Collections.synchronizedList(new ArrayList<>());
  private final CommandServer server;
  private volatile Function<ClassAd, List<ClassAd>> answers = request -> List.of();
  private volatile ClassAd done = ClassAd.empty();
  private volatile Optional<PoolException> failure = Optional.empty();
  private volatile int hangUps;

  private FakeDaemon(Path folder) throws IOException {
    server = CommandServer.listen(folder.resolve("command.sock"), this::serve, trouble -> {});
  }

  public static FakeDaemon schedd(Path pool) throws IOException {
    return named(pool, "schedd");
  }

  public static FakeDaemon named(Path pool, String name) throws IOException {
    return new FakeDaemon(Files.createDirectories(pool.resolve("run").resolve(name)));
  }

  private void serve(CommandConnection connection) throws IOException {
    ClassAd request = connection.receive().orElseThrow().ad();
    requests.add(request);
    if (requests.size() <= hangUps) {
      return;
    }
    if (failure.isPresent()) {
      connection.send(Frame.Kind.FAILED, failure.get().toAd());
      return;
    }
    for (ClassAd item : answers.apply(request)) {
      connection.send(Frame.Kind.ITEM, item);
    }
    connection.send(Frame.Kind.DONE, done);
  }

  void answers(ClassAd last, ClassAd... before) {
    done = last;
    List<ClassAd> items = List.of(before);
    answers = request -> items;
  }

  /** Answers each request with the items that the function gives. */
  public void answersBy(Function<ClassAd, List<ClassAd>> function) {
    answers = function;
  }

  void refuses(PoolException why) {
    failure = Optional.of(why);
  }

  /** Closes the first so many connections without an answer. */
  void hangsUp(int times) {
    hangUps = times;
  }

  List<ClassAd> requests() {
    return List.copyOf(requests);
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
