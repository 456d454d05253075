package io.urubu.starter.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/**
 * A command in a sandbox's network. What it talks to may be the job itself: what it prints has a
 * bound, and whoever waits for it sets a limit.
 */
public final class Entered implements AutoCloseable {
  /** Less than a pipe holds: a command that says more waits for ever, and is ended. */
  private static final int MOST_BYTES = 60_000;

  private final Process process;
  private final Runnable release;

  Entered(Process process, Runnable release) {
    this.process = process;
    this.release = release;
  }

  /** Its exit code; empty when it still runs. */
  public OptionalInt await(Duration limit) throws InterruptedException {
    return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)
        ? OptionalInt.of(process.exitValue())
        : OptionalInt.empty();
  }

  /** What it printed, when it has ended. */
  public String output() throws IOException {
    return new String(process.getInputStream().readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
  }

  /** Ends it. */
  @Override
  public void close() {
    process.destroyForcibly();
    release.run();
  }
}
