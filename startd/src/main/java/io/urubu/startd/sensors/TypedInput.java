package io.urubu.startd.sensors;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells at once when somebody types on a watched terminal. A program that reads what was typed
 * makes the kernel report an access; one that prints makes it report a change, which is not asked
 * for. Terminals that may not be watched (another account's, for an ordinary user) are left to
 * polling.
 */
final class TypedInput implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(TypedInput.class);

  /** While somebody types, one key in this time is enough. */
  private static final long QUIET_MILLIS = 500;

  private final InstantSource clock;
  private final @Nullable Inotify inotify;
  private final Map<Path, Integer> watchByTerminal = new ConcurrentHashMap<>();
  private volatile Runnable wake = () -> {};
  private volatile @Nullable Instant last;
  private volatile @Nullable Instant lastAtConsole;

  private TypedInput(InstantSource clock, @Nullable Inotify inotify) {
    this.clock = clock;
    this.inotify = inotify;
  }

  /** Works without events, too, where the kernel gives none. */
  static TypedInput open(InstantSource clock) {
    try {
      TypedInput input = new TypedInput(clock, Inotify.open());
      Thread.ofPlatform().daemon().name("typed-input").start(input::listen);
      return input;
    } catch (IOException e) {
      log.atInfo().setCause(e).log("terminals are polled: the kernel reports no input");
      return new TypedInput(clock, null);
    }
  }

  /** For those who do not care for a keyboard. */
  static TypedInput unheard(InstantSource clock) {
    return new TypedInput(clock, null);
  }

  /** What is to be done at once when somebody types; must not wait. */
  void onInput(Runnable action) {
    wake = action;
  }

  /** Watches those terminals and no others. */
  void watch(Set<Path> terminals) {
    Inotify open = inotify;
    if (open == null) {
      return;
    }
    watchByTerminal.keySet().retainAll(terminals);
    for (Path terminal : terminals) {
      watchByTerminal.computeIfAbsent(
          terminal,
          added -> {
            int watch = open.watchAccess(added);
            return watch < 0 ? null : watch;
          });
    }
  }

  private void listen() {
    Inotify open = inotify;
    if (open == null) {
      return;
    }
    try {
      while (true) {
        for (Inotify.Event event : open.await()) {
          heard(event);
        }
      }
    } catch (IOException e) {
      log.atInfo().setCause(e).log("terminals are polled from now on");
    }
  }

  private void heard(Inotify.Event event) {
    if (event.isForgotten()) {
      watchByTerminal.values().remove(event.watch());
      return;
    }
    if (!event.isAccess()) {
      return;
    }
    Instant now = clock.instant();
    Instant before = last;
    last = now;
    if (watchByTerminal.entrySet().stream()
        .anyMatch(
            entry -> entry.getValue() == event.watch() && Terminals.isConsole(entry.getKey()))) {
      lastAtConsole = now;
    }
    if (before == null || now.toEpochMilli() - before.toEpochMilli() > QUIET_MILLIS) {
      wake.run();
    }
  }

  /** How many terminals report at once. */
  int watched() {
    return watchByTerminal.size();
  }

  Optional<Instant> last() {
    return Optional.ofNullable(last);
  }

  Optional<Instant> lastAtConsole() {
    return Optional.ofNullable(lastAtConsole);
  }

  @Override
  public void close() {
    Inotify open = inotify;
    if (open != null) {
      open.close();
    }
  }
}
