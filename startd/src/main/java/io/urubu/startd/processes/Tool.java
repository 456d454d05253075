package io.urubu.startd.processes;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs a short program to its end, with a limit on its time and on what it prints. */
public final class Tool {
  private static final int MOST_OUTPUT = 16 << 10;

  private final Executor threads;

  public Tool(Executor threads) {
    this.threads = threads;
  }

  /** How a tool ended, and what it printed. */
  public record Outcome(int exit, String output) {
    public boolean isSuccess() {
      return exit == 0;
    }
  }

  /** Runs it with that environment and nothing else; kills it when the time is over. */
  public Outcome run(List<String> command, Map<String, String> environment, Duration limit)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      process.getOutputStream().close();
      CompletableFuture<String> output =
          CompletableFuture.supplyAsync(() -> readAll(process.getInputStream()), threads);
      if (!process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new IOException(
            command.getFirst() + " did not end within " + limit.toSeconds() + " s");
      }
      return new Outcome(process.exitValue(), text(output));
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private static String text(CompletableFuture<String> output)
      throws IOException, InterruptedException {
    try {
      return output.get(1, TimeUnit.SECONDS);
    } catch (TimeoutException _) {
      // A child that it left behind holds the pipe open.
      return "";
    } catch (ExecutionException e) {
      throw new IOException("cannot read what it printed", e);
    }
  }

  private static String readAll(InputStream stream) {
    try (stream) {
      String text = new String(stream.readNBytes(MOST_OUTPUT), UTF_8);
      stream.skip(Long.MAX_VALUE);
      return text;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
