package io.urubu.startd.pool;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The network sockets on which a process waits for others. */
final class Listeners {
  private static final String LISTEN = "0A";
  private static final String UNCONNECTED = "07";

  private Listeners() {}

  static List<String> of(long pid) throws IOException {
    Set<String> inodes = new HashSet<>();
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(Path.of("/proc", Long.toString(pid), "fd"))) {
      for (Path file : files) {
        String target = Files.readSymbolicLink(file).toString();
        if (target.startsWith("socket:[")) {
          inodes.add(target.substring("socket:[".length(), target.length() - 1));
        }
      }
    }
    return List.of("tcp", "tcp6", "udp", "udp6").stream()
        .flatMap(table -> lines(pid, table).stream())
        .map(line -> line.strip().split("\\s+"))
        .filter(fields -> fields[3].equals(LISTEN) || fields[3].equals(UNCONNECTED))
        .filter(fields -> inodes.contains(fields[9]))
        .map(fields -> fields[1])
        .toList();
  }

  private static List<String> lines(long pid, String table) {
    try {
      List<String> all = Files.readAllLines(Path.of("/proc/" + pid + "/net/" + table));
      return all.subList(1, all.size());
    } catch (IOException _) {
      // A machine without IPv6.
      return List.of();
    }
  }
}
