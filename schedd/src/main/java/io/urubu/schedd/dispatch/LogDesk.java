package io.urubu.schedd.dispatch;

import io.urubu.schedd.queue.Batch;
import io.urubu.schedd.queue.History;
import io.urubu.schedd.queue.LogMark;
import io.urubu.schedd.queue.Queue;
import io.urubu.schedd.shadows.ShadowNews;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Feeds the users' event logs through their shadows: for each log one piece of text is under way at
 * a time, the same one until it is known to be written. Belongs to the queue's thread.
 */
final class LogDesk {
  private static final Logger log = LoggerFactory.getLogger(LogDesk.class);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

  /** After so many failures in a row a piece is given up: about a day. */
  private static final int MAX_FAILURES = 300;

  /** How far a log's next piece is. */
  private enum Stage {
    /** To be read again: the database did not give it. */
    UNREAD,
    READING,
    /** With the shadow, or to be sent to it. */
    READY,
    /** Written; that is being made durable. */
    WRITTEN
  }

  /** One log that is behind. */
  private static final class Feed {
    LogMark mark;
    Stage stage = Stage.UNREAD;
    Optional<History.Pending> pending = Optional.empty();
    int failures;
    long notBefore;

    Feed(LogMark mark) {
      this.mark = mark;
    }

    boolean awaits(long sequence) {
      return stage == Stage.READY
          && pending.filter(piece -> piece.sequence() == sequence).isPresent();
    }
  }

  private final DispatchSettings settings;
  private final Queue queue;
  private final History history;
  private final Executor readers;
  private final Map<List<String>, Feed> feeds = new HashMap<>();

  LogDesk(DispatchSettings settings, Queue queue, History history, Executor readers) {
    this.settings = settings;
    this.queue = queue;
    this.history = history;
    this.readers = readers;
  }

  /** A durable event waits to be written. */
  void behind(LogMark mark, Shadow shadow) {
    shadow.logsBehind.add(mark.path());
    Feed feed = feeds.get(key(shadow, mark.path()));
    if (feed == null) {
      feed = new Feed(mark);
      feeds.put(key(shadow, mark.path()), feed);
      load(feed, shadow);
    } else {
      // What is under way stays as it is; only the end has moved.
      LogMark old = feed.mark;
      feed.mark = new LogMark(old.owner(), old.path(), old.written(), old.size(), mark.last());
    }
  }

  private static List<String> key(Shadow shadow, String path) {
    return List.of(shadow.user, path);
  }

  private void load(Feed feed, Shadow shadow) {
    feed.stage = Stage.READING;
    LogMark mark = feed.mark;
    readers.execute(
        () -> {
          Optional<History.Pending> pending = read(mark);
          queue.post(_ -> loaded(feed, shadow, pending));
        });
  }

  private Optional<History.Pending> read(LogMark mark) {
    try {
      return Optional.of(history.pending(mark));
    } catch (SQLException e) {
      log.atDebug().setCause(e).log("events cannot be read now");
      return Optional.empty();
    }
  }

  private void loaded(Feed feed, Shadow shadow, Optional<History.Pending> pending) {
    feed.stage = pending.isPresent() ? Stage.READY : Stage.UNREAD;
    feed.pending = pending;
    feed.notBefore = settings.now();
    send(feed, shadow);
  }

  private void send(Feed feed, Shadow shadow) {
    feed.pending.ifPresent(pending -> shadow.send(ShadowMessages.append(feed.mark, pending)));
  }

  /** A shadow is there: it gets what was under way again. */
  void attached(Shadow shadow) {
    for (String path : shadow.logsBehind) {
      Feed feed = feeds.get(key(shadow, path));
      if (feed != null) {
        send(feed, shadow);
      }
    }
  }

  void written(Batch batch, Shadow shadow, ShadowNews.LogWritten news) {
    Feed feed = feeds.get(key(shadow, news.path()));
    if (feed != null && feed.awaits(news.sequence())) {
      advance(batch, shadow, feed, news.sequence(), news.size());
    }
  }

  private void advance(Batch batch, Shadow shadow, Feed feed, long sequence, long size) {
    feed.stage = Stage.WRITTEN;
    feed.pending = Optional.empty();
    feed.failures = 0;
    batch
        .logWritten(shadow.account, feed.mark.path(), sequence, size)
        .ifPresentOrElse(
            mark -> batch.afterCommit(() -> goOn(shadow, feed, mark)),
            () -> feed.stage = Stage.UNREAD);
  }

  private void goOn(Shadow shadow, Feed feed, LogMark mark) {
    long last = Math.max(mark.last(), feed.mark.last());
    feed.mark = new LogMark(mark.owner(), mark.path(), mark.written(), mark.size(), last);
    if (feed.mark.isBehind()) {
      load(feed, shadow);
    } else {
      feeds.remove(key(shadow, mark.path()));
      shadow.logsBehind.remove(mark.path());
    }
  }

  void failed(Batch batch, Shadow shadow, ShadowNews.LogFailed news) {
    Feed feed = feeds.get(key(shadow, news.path()));
    if (feed == null || !feed.awaits(news.sequence())) {
      return;
    }
    feed.failures++;
    if (feed.failures == 1 || feed.failures == MAX_FAILURES) {
      log.atWarn()
          .addKeyValue("user", shadow.user)
          .addKeyValue("path", news.path())
          .addKeyValue("reason", news.reason())
          .addKeyValue("failures", feed.failures)
          .log("event log cannot be written");
    }
    if (feed.failures >= MAX_FAILURES) {
      advance(batch, shadow, feed, news.sequence(), -1);
    } else {
      Duration wait = Duration.ofSeconds(1L << Math.min(feed.failures - 1, 9));
      feed.notBefore =
          settings.now() + (wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT).toNanos();
    }
  }

  /** Tries again what failed, and what could not be read. */
  void tick(Shadow shadow) {
    for (String path : List.copyOf(shadow.logsBehind)) {
      Feed feed = feeds.get(key(shadow, path));
      if (feed == null) {
        continue;
      }
      if (feed.stage == Stage.UNREAD) {
        load(feed, shadow);
      } else if (feed.failures > 0 && settings.now() - feed.notBefore >= 0) {
        feed.notBefore = settings.now() + LONGEST_WAIT.toNanos();
        send(feed, shadow);
      }
    }
  }
}
