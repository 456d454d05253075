package io.urubu.cli.pool;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Programs of the host: whether they are there, and running one to its end. */
public final class Programs {
  private static final String FOLDERS =
      "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
  private static final int MAX_OUTPUT = 1 << 16;

  private Programs() {}

  /** How a program ended; standard output and error together. */
  public record Ended(int status, String output) {}

  static boolean has(String program) {
    String path = System.getenv().getOrDefault("PATH", "") + ":" + FOLDERS;
    for (String folder : path.split(":", -1)) {
      if (!folder.isEmpty() && Files.isExecutable(Path.of(folder, program))) {
        return true;
      }
    }
    return false;
  }

  /** Runs it to its end. Its standard input is empty. */
  static Ended run(Map<String, String> environment, List<String> command, long limitSeconds)
      throws IOException {
    return runIn(Path.of("/"), environment, command, limitSeconds);
  }

  /** The same in a working directory. */
  public static Ended runIn(
      Path folder, Map<String, String> environment, List<String> command, long limitSeconds)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.redirectInput(Path.of("/dev/null").toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    try (var output = process.getInputStream()) {
      byte[] bytes = output.readNBytes(MAX_OUTPUT);
      output.skip(Long.MAX_VALUE);
      if (!process.waitFor(limitSeconds, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new PoolFailure(command.getFirst() + " did not end within " + limitSeconds + " s");
      }
      return new Ended(process.exitValue(), new String(bytes, StandardCharsets.UTF_8).strip());
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
