package io.urubu.pool;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The network sockets on which a process listens, as {@code ss -ltnup} shows them. */
final class Listeners {
  private static final String TCP_LISTEN = "0A";
  private static final String UDP_UNCONNECTED = "07";

  private Listeners() {}

  static List<String> of(long pid) throws IOException {
    Set<String> inodes = sockets(pid);
    List<String> found = new ArrayList<>();
    for (String table : List.of("tcp", "tcp6", "udp", "udp6")) {
      for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "net", table))) {
        String[] fields = line.strip().split("\\s+", -1);
        boolean listens = fields[3].equals(table.startsWith("tcp") ? TCP_LISTEN : UDP_UNCONNECTED);
        if (listens && inodes.contains(fields[9])) {
          found.add(table + " " + fields[1]);
        }
      }
    }
    return found;
  }

  private static Set<String> sockets(long pid) throws IOException {
    Set<String> inodes = new HashSet<>();
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(Path.of("/proc", Long.toString(pid), "fd"))) {
      for (Path file : files) {
        String target = Files.readSymbolicLink(file).toString();
        if (target.startsWith("socket:[")) {
          inodes.add(target.substring(8, target.length() - 1));
        }
      }
    }
    return inodes;
  }
}
