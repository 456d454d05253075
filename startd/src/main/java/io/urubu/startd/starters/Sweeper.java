package io.urubu.startd.starters;

import io.urubu.startd.processes.ProcessTable;
import io.urubu.startd.processes.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * Leaves nothing of a starter: neither its processes nor its folder. What belongs to a lent account
 * is killed and removed with that account's rights, and never through a link.
 */
final class Sweeper {
  private static final Duration KILL_LIMIT = Duration.ofSeconds(10);
  private static final Duration KILL_PAUSE = Duration.ofMillis(10);
  private static final Duration REMOVE_LIMIT = Duration.ofMinutes(10);
  private static final Duration SIGNAL_LIMIT = Duration.ofSeconds(5);

  private final ProcessTable processes;
  private final Tool tool;
  private final LongSupplier ticker;

  Sweeper(ProcessTable processes, Tool tool, LongSupplier ticker) {
    this.processes = processes;
    this.tool = tool;
    this.ticker = ticker;
  }

  /** Kills what runs there and removes the folder; on return both are gone. */
  void sweep(Path folder, OptionalInt uid) throws IOException, InterruptedException {
    kill(folder, uid);
    remove(folder, uid);
  }

  /** Kills the starter of that folder and everything that it started. */
  void kill(Path folder, OptionalInt uid) throws IOException, InterruptedException {
    long deadline = ticker.getAsLong() + KILL_LIMIT.toNanos();
    for (Set<Long> alive = alive(folder, uid); !alive.isEmpty(); alive = alive(folder, uid)) {
      if (ticker.getAsLong() - deadline > 0) {
        throw new IOException("processes " + alive + " of " + folder + " do not die");
      }
      if (uid.isPresent()) {
        // One system call for all of them: no fork is quick enough to escape.
        tool.run(
            Lending.as(uid.getAsInt(), List.of("/bin/sh", "-c", "kill -9 -1")),
            Map.of(),
            SIGNAL_LIMIT);
      }
      alive.forEach(processes::kill);
      LockSupport.parkNanos(KILL_PAUSE.toNanos());
    }
  }

  private Set<Long> alive(Path folder, OptionalInt uid) throws IOException {
    Set<Long> pids = new HashSet<>(processes.withVariable(Lending.mark(folder)));
    if (uid.isPresent()) {
      pids.addAll(processes.ofAccount(uid.getAsInt()));
    }
    pids.remove(ProcessHandle.current().pid());
    return pids;
  }

  private void remove(Path folder, OptionalInt uid) throws IOException, InterruptedException {
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      Files.delete(folder);
      return;
    }
    List<String> command = new ArrayList<>(List.of("rm", "-rf", "--one-file-system", "--"));
    command.add(folder.toString());
    run(uid, command);
    if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      // Folders that the job closed to its own account: -R does not go through links.
      run(uid, List.of("chmod", "-R", "u+rwX", "--", folder.toString()));
      run(uid, command);
    }
    if (uid.isPresent() && Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      // The folder itself lies in root's EXECUTE. Nobody is left who could race with root here.
      run(OptionalInt.empty(), command);
    }
    if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException(folder + " cannot be removed");
    }
  }

  private void run(OptionalInt uid, List<String> command) throws IOException, InterruptedException {
    List<String> whole = uid.isPresent() ? Lending.as(uid.getAsInt(), command) : command;
    tool.run(whole, Map.of("PATH", Lending.PATH, "LC_ALL", "C"), REMOVE_LIMIT);
  }
}
