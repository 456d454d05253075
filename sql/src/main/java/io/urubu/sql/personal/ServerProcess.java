package io.urubu.sql.personal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * Finds the processes of one server: each of them has the data folder as its working folder, which
 * no recycled process id can pretend.
 */
final class ServerProcess {
  private static final Path PROC = Path.of("/proc");

  private final Path data;

  ServerProcess(Path data) {
    this.data = data;
  }

  /** The server itself, when it lives. */
  Optional<ProcessHandle> postmaster() throws IOException {
    return firstLine(0).flatMap(ServerProcess::pid).filter(this::isOurs).flatMap(ProcessHandle::of);
  }

  /** True when the server lives and lets connections in. */
  boolean isReady() throws IOException {
    return postmaster().isPresent() && firstLine(7).filter("ready"::equals).isPresent();
  }

  Optional<Integer> port() throws IOException {
    return firstLine(3).filter(line -> line.matches("[0-9]{1,5}")).map(Integer::valueOf);
  }

  private Optional<String> firstLine(int index) throws IOException {
    Path file = data.resolve("postmaster.pid");
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    List<String> lines = Files.readAllLines(file);
    return index < lines.size() ? Optional.of(lines.get(index).strip()) : Optional.empty();
  }

  private static Optional<Long> pid(String text) {
    return text.matches("[0-9]{1,9}") ? Optional.of(Long.valueOf(text)) : Optional.empty();
  }

  private boolean isOurs(long pid) {
    try {
      return Files.isSameFile(PROC.resolve(pid + "/cwd"), data);
    } catch (IOException _) {
      // Gone, or of another account: then it is no server of ours.
      return false;
    }
  }

  /**
   * Waits until nothing is left of a server whose first process died: its children notice and end,
   * but may finish what they are at. What is still there after the limit is killed; the log that
   * PostgreSQL wrote ahead makes that safe.
   */
  void clearOrphans(Duration limit) throws IOException {
    if (postmaster().isPresent()) {
      return;
    }
    List<ProcessHandle> orphans = orphans();
    for (ProcessHandle orphan : orphans) {
      await(orphan, limit);
    }
    for (ProcessHandle orphan : orphans) {
      if (orphan.isAlive()) {
        orphan.destroyForcibly();
        await(orphan, limit);
      }
    }
    if (orphans().isEmpty()) {
      // The server itself would take a zombie, or a stranger with the old number, for a living one.
      Files.deleteIfExists(data.resolve("postmaster.pid"));
    }
  }

  private List<ProcessHandle> orphans() throws IOException {
    List<ProcessHandle> found = new ArrayList<>();
    try (Stream<Path> processes = Files.list(PROC)) {
      processes
          .map(path -> pid(path.getFileName().toString()))
          .flatMap(Optional::stream)
          .filter(this::isOurs)
          .map(ProcessHandle::of)
          .flatMap(Optional::stream)
          .forEach(found::add);
    }
    return found;
  }

  static void await(ProcessHandle process, Duration limit) throws IOException {
    try {
      process.onExit().get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException _) {
      // The caller looks again.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PostgresFailedException("interrupted while process " + process.pid() + " ended");
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }
}
