package io.urubu.pool;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The urubu command of the distribution under test, as a process. */
final class Cli {
  private static final long LIMIT_SECONDS = 180;

  private Cli() {}

  record Result(int status, String out, String err) {}

  static Result run(
      Path workingDirectory,
      Map<String, String> environment,
      List<String> prefix,
      String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(prefix);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData", "-Xmx256m"));
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-jar", jar().toString()));
    command.addAll(List.of(arguments));
    return execute(workingDirectory, environment, command);
  }

  /** Any program, with its output apart from its errors. */
  static Result execute(
      Path workingDirectory, Map<String, String> environment, List<String> command)
      throws IOException {
    Path out = Files.createTempFile("urubu-cli", ".out");
    Path err = Files.createTempFile("urubu-cli", ".err");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(workingDirectory.toFile())
              .redirectInput(Path.of("/dev/null").toFile())
              .redirectOutput(out.toFile())
              .redirectError(err.toFile());
      builder.environment().putAll(environment);
      Process process = builder.start();
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IOException(command + " did not end within " + LIMIT_SECONDS + " s");
      }
      return new Result(process.exitValue(), read(out), read(err));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }

  private static String read(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }

  static Path lib() {
    return Path.of(System.getProperty("urubu.home"), "lib");
  }

  private static Path jar() throws IOException {
    try (DirectoryStream<Path> jars = Files.newDirectoryStream(lib(), "urubu-submit-cli-*.jar")) {
      return jars.iterator().next();
    }
  }
}
