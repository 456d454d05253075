package io.urubu.cli.pool;

import io.urubu.classad.ClassAd;
import io.urubu.cli.session.Places;
import io.urubu.command.CommandConnection;
import io.urubu.command.PoolException;
import io.urubu.command.presence.ProcessMark;
import io.urubu.command.presence.RunFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Starts daemons as processes of their own and tells when they are ready. */
final class Launcher {
  private static final Duration START_LIMIT = Duration.ofSeconds(90);
  private static final int LAST_LINES = 6;

  private final Places places;
  private final Host host;
  private final PoolRuntime runtime;
  private final Map<String, String> environment;

  Launcher(Places places, Host host, PoolRuntime runtime, Map<String, String> environment) {
    this.places = places;
    this.host = host;
    this.runtime = runtime;
    this.environment = Map.copyOf(environment);
  }

  RunFolder runFolder(Member member) {
    return RunFolder.of(places.run(), member.name());
  }

  /** Starts the daemon unless it lives; empty when it lives. */
  Optional<Process> start(Member member) throws IOException {
    if (runFolder(member).living().isPresent()) {
      return Optional.empty();
    }
    Path run = provide(member, places.run().resolve(member.name()));
    Path log = provide(member, places.log().resolve(member.name()));
    List<String> command = new ArrayList<>(List.of("setsid"));
    if (member.service()) {
      command.addAll(host.asService());
    }
    command.addAll(member.command(runtime.java(), runtime.lib(), places.config(), run));
    Path output = log.resolve(member.name() + ".out");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(Path.of("/").toFile())
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    return Optional.of(builder.start());
  }

  private Path provide(Member member, Path folder) throws IOException {
    return member.service()
        ? host.serviceFolder(folder, "rwxr-xr-x")
        : host.folder(folder, "rwxr-xr-x");
  }

  /**
   * Waits until the daemon answers.
   *
   * @param process the one that was started, when it was started now
   * @throws PoolFailure with the reason from its log when it ended or does not answer
   */
  void awaitReady(Member member, Optional<Process> process) throws IOException {
    boolean ready =
        Waiting.until(
            START_LIMIT, () -> answers(member) || process.filter(p -> !p.isAlive()).isPresent());
    if (!ready || !answers(member)) {
      String problem = ready ? "ended at once" : "does not answer";
      throw new PoolFailure(
          "START_FAILED: %s %s: %s (log: %s)"
              .formatted(member.name(), problem, lastWords(member), logFile(member)));
    }
  }

  boolean answers(Member member) {
    return ping(runFolder(member)).isPresent();
  }

  /** The daemon's answer to Ping; empty when nothing answers. */
  static Optional<ClassAd> ping(RunFolder folder) {
    if (!Files.exists(folder.socket())) {
      return Optional.empty();
    }
    try (CommandConnection connection = CommandConnection.connect(folder.socket())) {
      ClassAd answer =
          connection.call(ClassAd.builder().put("Command", "Ping").build(), item -> {});
      return Optional.of(answer);
    } catch (IOException | PoolException _) {
      return Optional.empty();
    }
  }

  private Path logFile(Member member) {
    return places.log().resolve(member.name()).resolve(member.name() + ".log");
  }

  /** What the daemon said last: on its standard error, else in its log. */
  private String lastWords(Member member) throws IOException {
    Path output = places.log().resolve(member.name()).resolve(member.name() + ".out");
    String words = tail(output);
    return words.isEmpty() ? tail(logFile(member)) : words;
  }

  private static String tail(Path file) throws IOException {
    if (!Files.exists(file)) {
      return "";
    }
    List<String> lines =
        Files.readAllLines(file, StandardCharsets.ISO_8859_1).stream()
            .filter(line -> !line.isBlank() && !line.startsWith("\tat "))
            .toList();
    return String.join(" | ", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
  }

  /** Asks the processes to end, and kills those that do not within the limit. */
  static void end(List<ProcessMark> marks, Duration limit) throws IOException {
    for (ProcessMark mark : marks) {
      handle(mark).ifPresent(ProcessHandle::destroy);
    }
    Waiting.until(limit, () -> marks.stream().noneMatch(ProcessMark::isAlive));
    kill(marks);
  }

  static void kill(List<ProcessMark> marks) throws IOException {
    for (ProcessMark mark : marks) {
      handle(mark).ifPresent(ProcessHandle::destroyForcibly);
    }
    if (!Waiting.until(
        Duration.ofSeconds(10), () -> marks.stream().noneMatch(ProcessMark::isAlive))) {
      throw new PoolFailure("processes cannot be ended: " + marks);
    }
  }

  private static Optional<ProcessHandle> handle(ProcessMark mark) {
    return mark.isAlive() ? ProcessHandle.of(mark.pid()) : Optional.empty();
  }
}
