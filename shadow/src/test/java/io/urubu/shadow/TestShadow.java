package io.urubu.shadow;

import io.urubu.config.Config;
import io.urubu.config.ConfigSources;
import io.urubu.daemon.process.Daemon;
import io.urubu.daemon.process.DaemonContext;
import io.urubu.identity.Identity;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/** A shadow within the test's own process, with a clock that can be put forward. */
final class TestShadow implements AutoCloseable {
  private final Daemon daemon;
  private final AtomicLong ahead;
  private final CountDownLatch stopped;

  private TestShadow(Daemon daemon, AtomicLong ahead, CountDownLatch stopped) {
    this.daemon = daemon;
    this.ahead = ahead;
    this.stopped = stopped;
  }

  static Path addressFile(Path home) {
    return home.resolve("schedd-address");
  }

  static TestShadow start(Path home, Identity identity) throws Exception {
    AtomicLong ahead = new AtomicLong();
    CountDownLatch stopped = new CountDownLatch(1);
    Path runFolder = Files.createDirectories(home.resolve("run"));
    DaemonContext context =
        new DaemonContext(
            "shadow-alice",
            config(home),
            runFolder,
            Map.of("user", TestPool.USER),
            Map.of(),
            new ByteArrayInputStream(identity.toPem().getBytes(StandardCharsets.US_ASCII)),
            InstantSource.system(),
            () -> System.nanoTime() + ahead.get(),
            reason -> {
              throw new AssertionError("the shadow cannot go on: " + reason);
            },
            stopped::countDown);
    return new TestShadow(ShadowDaemon.start(context), ahead, stopped);
  }

  private static Config config(Path home) throws Exception {
    return Config.load(
        ConfigSources.builder()
            .localName("shadow-alice")
            .override("SPOOL", home.resolve("spool").toString())
            .override("RUN", home.resolve("run").toString())
            .override("LOG", home.resolve("log").toString())
            .override("SCHEDD_ADDRESS_FILE", addressFile(home).toString())
            .override("HEARTBEAT_INTERVAL", "1 s")
            .build());
  }

  /** Lets time pass, for the shadow alone. */
  void advanceSeconds(long seconds) {
    ahead.addAndGet(seconds * 1_000_000_000L);
  }

  Daemon daemon() {
    return daemon;
  }

  CountDownLatch stopped() {
    return stopped;
  }

  @Override
  public void close() {
    daemon.close();
  }
}
