package io.urubu.startd.starters;

import io.urubu.classad.ClassAd;
import io.urubu.command.CommandConnection;
import io.urubu.command.Frame;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one connection to a starter: requests with their answers, and events between them. What comes
 * in is bounded in size, number and time, since a starter may have fallen to a hostile job.
 */
final class StarterLink implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(StarterLink.class);

  private static final int LARGEST_FRAME = 1 << 20;
  private static final int MOST_ITEMS = 10_000;

  private final CommandConnection connection;
  private final ExecutorService threads;
  private final AtomicReference<Question> asked = new AtomicReference<>(Question.NONE);

  private final CountDownLatch ended = new CountDownLatch(1);

  private StarterLink(CommandConnection connection, ExecutorService threads) {
    this.connection = connection;
    this.threads = threads;
  }

  /** Who listens to the other side. */
  interface Listener {
    void event(ClassAd event);

    /** The connection has ended; called once. */
    void ended();
  }

  boolean isOpen() {
    return ended.getCount() > 0;
  }

  /** Waits until the other side has closed; no longer than that. */
  void awaitEnd(Duration limit) throws InterruptedException {
    ended.await(limit.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** A request that waits for its answer; only the reading thread adds items. */
  private record Question(List<ClassAd> items, CompletableFuture<Reply> answer) {
    static final Question NONE =
        new Question(List.of(), CompletableFuture.completedFuture(new Reply.Done(List.of())));
  }

  /**
   * Connects to the starter of that folder.
   *
   * @throws IOException when nobody answers in time, or another account than the folder's does
   */
  static StarterLink connect(Path folder, Duration limit, ExecutorService threads)
      throws IOException, InterruptedException {
    Future<CommandConnection> connecting =
        threads.submit(
            () -> CommandConnection.connect(folder.resolve("starter.sock"), LARGEST_FRAME));
    CommandConnection connection;
    try {
      connection = connecting.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      connecting.cancel(true);
      throw new IOException("the starter did not take the connection in time", e);
    } catch (ExecutionException e) {
      throw new IOException("cannot connect to the starter: " + e.getCause(), e);
    }
    // The folder is the starter's own: its socket may be a link to another account's.
    if (!connection.peer().account().equals(Files.getOwner(folder))) {
      connection.close();
      throw new IOException("another account than the starter's listens in " + folder);
    }
    return new StarterLink(connection, threads);
  }

  /** Reads from now on, on a thread of its own. */
  void listen(Listener listener) {
    threads.execute(() -> readAll(listener));
  }

  private void readAll(Listener listener) {
    try {
      Optional<Frame> frame = connection.receive();
      while (frame.isPresent()) {
        received(frame.get(), listener);
        frame = connection.receive();
      }
    } catch (IOException | RuntimeException e) {
      log.atDebug().setCause(e).log("the connection to a starter broke");
    } finally {
      close();
      ended.countDown();
      listener.ended();
    }
  }

  private void received(Frame frame, Listener listener) throws IOException {
    Question question = asked.get();
    switch (frame.kind()) {
      case EVENT -> listener.event(frame.ad());
      case ITEM -> {
        if (question.answer().isDone() || question.items().size() >= MOST_ITEMS) {
          throw new IOException("the starter answers more than was asked");
        }
        question.items().add(frame.ad());
      }
      case DONE -> question.answer().complete(new Reply.Done(question.items()));
      case FAILED ->
          question
              .answer()
              .complete(new Reply.Failed(frame.ad().string("ErrorText").orElse("no reason given")));
      case REQUEST -> throw new IOException("the starter sent a request");
    }
  }

  /**
   * Asks and waits for the answer; one caller at a time.
   *
   * @throws IOException when the connection broke or the time is over; the link is closed then
   */
  Reply call(ClassAd request, Duration limit) throws IOException, InterruptedException {
    Question question = new Question(new ArrayList<>(), new CompletableFuture<>());
    asked.set(question);
    // A starter that reads nothing must not hold this thread.
    threads.execute(() -> send(request, question));
    try {
      return question.answer().get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      close();
      throw new IOException("the starter did not answer in time", e);
    } catch (ExecutionException e) {
      close();
      throw new IOException("the connection to the starter broke", e);
    }
  }

  private void send(ClassAd request, Question question) {
    try {
      connection.send(Frame.Kind.REQUEST, request);
    } catch (IOException e) {
      question.answer().completeExceptionally(e);
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (IOException e) {
      log.atDebug().setCause(e).log("cannot close the connection to a starter");
    }
    asked.get().answer().completeExceptionally(new IOException("the connection was closed"));
  }
}
