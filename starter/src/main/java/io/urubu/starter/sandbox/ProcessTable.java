package io.urubu.starter.sandbox;

import io.urubu.command.presence.ProcessMark;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The host's processes as a forest. A process in a sandbox cannot leave the tree beneath
 * bubblewrap, whatever it forks and whatever namespaces it makes within: its orphans go to the
 * sandbox's own first process.
 */
final class ProcessTable {
  private final Map<Long, List<HostProcess>> childrenByParent;

  private ProcessTable(Map<Long, List<HostProcess>> childrenByParent) {
    this.childrenByParent = childrenByParent;
  }

  static ProcessTable read() throws IOException {
    Map<Long, List<HostProcess>> children = new HashMap<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path entry : entries) {
        describe(entry)
            .ifPresent(
                process ->
                    children
                        .computeIfAbsent(process.parent(), _ -> new ArrayList<>())
                        .add(process));
      }
    }
    return new ProcessTable(children);
  }

  private static Optional<HostProcess> describe(Path folder) {
    try {
      String stat =
          new String(Files.readAllBytes(folder.resolve("stat")), StandardCharsets.ISO_8859_1);
      // The command's name stands in parentheses and may itself contain any character.
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      long pid = Long.parseLong(folder.getFileName().toString());
      return Optional.of(
          new HostProcess(
              new ProcessMark(pid, Long.parseLong(fields[19])),
              Long.parseLong(fields[1]),
              fields[0].charAt(0),
              Long.parseLong(fields[11]) + Long.parseLong(fields[13]),
              Long.parseLong(fields[12]) + Long.parseLong(fields[14]),
              Long.parseLong(fields[8]),
              Long.parseLong(fields[20]),
              Long.parseLong(fields[21])));
    } catch (IOException _) {
      // It ended meanwhile.
      return Optional.empty();
    }
  }

  List<HostProcess> children(long parent) {
    return childrenByParent.getOrDefault(parent, List.of());
  }

  /** Everything beneath that process, without itself. */
  List<HostProcess> descendants(long ancestor) {
    List<HostProcess> found = new ArrayList<>();
    Deque<Long> open = new ArrayDeque<>(List.of(ancestor));
    while (!open.isEmpty()) {
      for (HostProcess child : children(open.remove())) {
        found.add(child);
        open.add(child.mark().pid());
      }
    }
    return found;
  }
}
