package io.urubu.startd.starters;

import io.urubu.identity.Role;
import io.urubu.identity.Subject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings starters to life and connects to them. */
final class StarterBirth {
  private static final Logger log = LoggerFactory.getLogger(StarterBirth.class);

  private static final Duration SPAWN = Duration.ofSeconds(45);
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration PAUSE = Duration.ofMillis(20);

  private final Starters.Tools tools;
  private final SecureRandom random = new SecureRandom();

  StarterBirth(Starters.Tools tools) {
    this.tools = tools;
  }

  /** Starts the process and waits until it takes the connection. */
  StarterLink spawn(StarterRecord record) throws IOException, InterruptedException {
    Process process =
        tools
            .launcher()
            .launch(
                record,
                tools
                    .identity()
                    .current()
                    .issue(
                        subject(tools, record.user()),
                        tools.clock().instant(),
                        tools.certificateLifetime(),
                        random));
    long deadline = tools.ticker().getAsLong() + SPAWN.toNanos();
    while (tools.ticker().getAsLong() - deadline < 0) {
      if (process.waitFor(PAUSE.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new IOException(
            "it ended at once with status " + process.exitValue() + ": see its log in LOG");
      }
      Optional<StarterLink> link = tryToConnect(record);
      if (link.isPresent()) {
        log.atInfo()
            .addKeyValue("user", record.user())
            .addKeyValue("pid", process.pid())
            .addKeyValue("folder", record.folder())
            .log("starter spawned");
        return link.get();
      }
    }
    throw new IOException("it did not serve within " + SPAWN.toSeconds() + " s");
  }

  /** Empty while it does not listen yet: the socket's file is there a moment earlier. */
  private Optional<StarterLink> tryToConnect(StarterRecord record) throws InterruptedException {
    if (!Files.exists(record.folder().resolve("starter.sock"), LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    try {
      return Optional.of(StarterLink.connect(record.folder(), CONNECT, tools.threads()));
    } catch (IOException e) {
      log.atDebug().setCause(e).log("the starter does not serve yet");
      return Optional.empty();
    }
  }

  /** Connects to a starter that should be there. */
  StarterLink connect(StarterRecord record, Duration limit)
      throws IOException, InterruptedException {
    long deadline = tools.ticker().getAsLong() + limit.toNanos();
    while (true) {
      try {
        return StarterLink.connect(record.folder(), limit, tools.threads());
      } catch (IOException e) {
        if (tools.ticker().getAsLong() - deadline > 0 || !Files.exists(record.folder())) {
          throw e;
        }
        LockSupport.parkNanos(10 * PAUSE.toNanos());
      }
    }
  }

  static Subject subject(Starters.Tools tools, String user) {
    return new Subject(Role.STARTER, tools.identity().current().subject().name(), user);
  }
}
