package io.urubu.schedd.queue;

import io.urubu.command.PoolError;
import io.urubu.command.PoolException;
import io.urubu.daemon.process.FatalExit;
import io.urubu.sql.Migrations;
import io.urubu.sql.SqlTrouble;
import io.urubu.sql.Transactions;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The queue of one schedd. One thread changes it: it takes what has come, changes memory, writes
 * one transaction, and only then lets anything out. Everybody else hands it work, or reads what is
 * durable through {@link #view}.
 */
public final class Queue implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Queue.class);
  private static final int MAX_WAITING = 50_000;
  private static final int MAX_PER_BATCH = 1000;
  private static final Duration LOOK = Duration.ofMillis(500);
  private static final Duration BUSY_LIMIT = Duration.ofMinutes(2);
  private static final Duration ROOM_LIMIT = Duration.ofMinutes(1);
  private static final int OPEN_ATTEMPTS = 60;
  private static final Duration OPEN_PAUSE = Duration.ofMillis(500);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(20);

  private final QueueSettings settings;
  private final Committer committer;
  private final Books books;
  private final InstantSource clock;
  private final FatalExit fatal;
  private final QueueView view;
  private final BlockingQueue<Errand<?>> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
  // Work that the queue's thread gives to itself; never touched by another.
  private final ArrayDeque<Errand<?>> own = new ArrayDeque<>();
  private final CountDownLatch stopping;
  private final Thread thread;
  private JobWatcher watcher = new NobodyWatches();

  private Queue(
      QueueSettings settings,
      Committer committer,
      Books books,
      InstantSource clock,
      FatalExit fatal,
      CountDownLatch stopping) {
    this.settings = settings;
    this.committer = committer;
    this.books = books;
    this.clock = clock;
    this.fatal = fatal;
    this.stopping = stopping;
    this.view = new QueueView(books.published, committer::isDatabaseAway);
    this.thread = Thread.ofPlatform().name("queue").unstarted(this::work);
  }

  /**
   * Takes over the schedd's rows and reads them. Nothing happens to jobs before {@link #start}. A
   * database that cannot be reached is tried for half a minute.
   *
   * @throws SQLException when the database cannot be reached or has a newer schema
   */
  public static Queue open(
      QueueSettings settings, DataSource database, InstantSource clock, FatalExit fatal)
      throws SQLException {
    for (int attempt = 1; ; attempt++) {
      try {
        return openNow(settings, database, clock, fatal);
      } catch (SQLException e) {
        if (SqlTrouble.of(e) == SqlTrouble.FATAL || attempt == OPEN_ATTEMPTS) {
          throw e;
        }
        LockSupport.parkNanos(OPEN_PAUSE.toNanos());
      }
    }
  }

  private static Queue openNow(
      QueueSettings settings, DataSource database, InstantSource clock, FatalExit fatal)
      throws SQLException {
    Migrations.run(database, "schedd", "classpath:io/urubu/schedd/migrations");
    Epoch epoch = Transactions.run(database, c -> QueueStore.takeOver(c, settings.schedd()));
    Books books = Transactions.run(database, c -> QueueLoader.load(c, settings));
    CountDownLatch stopping = new CountDownLatch(1);
    Committer committer = new Committer(database, epoch, stopping);
    return new Queue(settings, committer, books, clock, fatal, stopping);
  }

  /** Begins to work; the watcher is told of every live job and of logs that are behind first. */
  public void start(JobWatcher jobWatcher) {
    watcher = jobWatcher;
    own.add(new Errand<>(this::announce));
    thread.start();
  }

  private Boolean announce(Batch batch) {
    for (Job job : List.copyOf(books.jobs.values())) {
      watcher.changed(Optional.empty(), Optional.of(job));
    }
    books.logMarks.values().stream()
        .filter(LogMark::isBehind)
        .forEach(mark -> batch.afterCommit(() -> watcher.logBehind(mark)));
    return true;
  }

  /** What is durable, for readers on any thread. */
  public QueueView view() {
    return view;
  }

  /** Does something on the queue's thread; from that thread: in the next batch. */
  public void post(Change change) {
    Errand<Boolean> errand =
        new Errand<>(
            batch -> {
              change.apply(batch);
              return true;
            });
    if (Thread.currentThread() == thread) {
      own.add(errand);
    } else {
      put(errand);
    }
  }

  /** Something that changes jobs or what hangs on them. */
  @FunctionalInterface
  public interface Change {
    void apply(Batch batch);
  }

  /** A request that is answered when it is durable. */
  @FunctionalInterface
  public interface Call<T> {
    T apply(Batch batch) throws PoolException;
  }

  /**
   * Does something on the queue's thread and waits until it is durable.
   *
   * @throws PoolException as thrown by the call, or DATABASE_UNAVAILABLE after the limit
   */
  public <T> T ask(Call<T> call) throws PoolException {
    Errand<T> errand = new Errand<>(call);
    put(errand);
    try {
      // A large submission takes its time; only a database that is away is not waited for.
      for (Duration waited = Duration.ZERO; ; waited = waited.plus(LOOK)) {
        try {
          return errand.answer().get(LOOK.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException _) {
          Duration limit = committer.isDatabaseAway() ? settings.answerLimit() : BUSY_LIMIT;
          if (waited.compareTo(limit) >= 0) {
            throw unavailable(errand.withdraw());
          }
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw unavailable(errand.withdraw());
    } catch (ExecutionException e) {
      if (e.getCause() instanceof PoolException refused) {
        throw refused;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  private static PoolException unavailable(boolean nothingDone) {
    return new PoolException(
        PoolError.DATABASE_UNAVAILABLE,
        nothingDone
            ? "the schedd's database does not answer; nothing was changed: try again later"
            : "the schedd's database does not answer; the request may still be carried out when it"
                + " does: look at the queue, then try again");
  }

  private void put(Errand<?> errand) {
    try {
      if (!waiting.offer(errand, ROOM_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        throw new IllegalStateException("the queue's work is not being done");
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while handing work to the queue");
    }
  }

  private void work() {
    try {
      while (stopping.getCount() > 0) {
        List<Errand<?>> errands = next();
        if (!errands.isEmpty()) {
          carryOut(errands);
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (ReplacedException e) {
      fatal.exit(String.valueOf(e.getMessage()));
    } catch (SQLException | RuntimeException e) {
      // Memory may differ from the database now: nothing may go on from it.
      throw dead(e);
    } finally {
      committer.close();
    }
  }

  private IllegalStateException dead(Exception cause) {
    IllegalStateException e = new IllegalStateException("the queue cannot go on", cause);
    log.atError().setCause(e).log("queue failed");
    fatal.exit(String.valueOf(cause));
    return e;
  }

  private List<Errand<?>> next() throws InterruptedException {
    List<Errand<?>> errands = new ArrayList<>(own);
    own.clear();
    if (errands.isEmpty()) {
      Errand<?> first = waiting.poll(1, TimeUnit.SECONDS);
      if (first == null) {
        return errands;
      }
      errands.add(first);
    }
    waiting.drainTo(errands, MAX_PER_BATCH);
    return errands;
  }

  private void carryOut(Collection<Errand<?>> errands) throws SQLException {
    Batch batch = new Batch(settings, books, watcher, committer.epoch(), clock.instant());
    errands.forEach(errand -> errand.carryOut(batch));
    if (!batch.writes.isEmpty() && !committer.commit(batch)) {
      return;
    }
    books.publish(batch.writes);
    errands.forEach(Errand::release);
    batch.runAfterCommit();
  }

  /** Lets the batch under way end; what waits is not done. */
  @Override
  public void close() {
    stopping.countDown();
    if (thread.getState() == Thread.State.NEW) {
      return;
    }
    try {
      thread.join(STOP_LIMIT);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
