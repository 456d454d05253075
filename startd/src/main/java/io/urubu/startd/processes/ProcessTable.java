package io.urubu.startd.processes;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;

/** What runs on this machine. Processes that have ended and wait to be reaped do not count. */
public final class ProcessTable {
  private static final Path PROC = Path.of("/proc");

  /** Processes of which one of the user ids is that one, in whatever namespace they are. */
  public List<Long> ofAccount(int uid) throws IOException {
    return matching(pid -> status(pid).filter(status -> hasUid(status, uid)).isPresent());
  }

  /** Processes that were started with that variable in their environment, and their children. */
  public List<Long> withVariable(String variable) throws IOException {
    String wanted = "\0" + variable + "\0";
    return matching(
        pid ->
            read(pid, "environ")
                .filter(bytes -> ("\0" + new String(bytes, UTF_8)).contains(wanted))
                .filter(_ -> status(pid).isPresent())
                .isPresent());
  }

  /** Sends SIGKILL; a process that has gone meanwhile is no error. */
  public void kill(long pid) {
    if (pid != ProcessHandle.current().pid()) {
      ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    }
  }

  private static List<Long> matching(LongPredicate wanted) throws IOException {
    List<Long> pids = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(PROC, "[1-9]*")) {
      for (Path entry : entries) {
        long pid = Long.parseLong(entry.getFileName().toString());
        if (wanted.test(pid)) {
          pids.add(pid);
        }
      }
    }
    return pids;
  }

  private static Optional<String> status(long pid) {
    return read(pid, "status")
        .map(bytes -> new String(bytes, UTF_8))
        .filter(status -> !status.contains("\nState:\tZ") && !status.contains("\nState:\tX"));
  }

  private static boolean hasUid(String status, int uid) {
    int start = status.indexOf("\nUid:");
    if (start < 0) {
      return false;
    }
    String line = status.substring(start + 5, status.indexOf('\n', start + 1));
    return List.of(line.strip().split("\\s+")).contains(Integer.toString(uid));
  }

  private static Optional<byte[]> read(long pid, String name) {
    try {
      return Optional.of(Files.readAllBytes(PROC.resolve(Long.toString(pid)).resolve(name)));
    } catch (IOException _) {
      // It has ended, or belongs to an account that shows us nothing.
      return Optional.empty();
    }
  }
}
