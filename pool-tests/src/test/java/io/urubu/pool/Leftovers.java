package io.urubu.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What a pool may have left on the host after it was taken down. */
final class Leftovers {
  private static final Path LEASES = Path.of("/run/urubu-accounts");

  private Leftovers() {}

  /**
   * Fails when a process, mount, socket or lent account still belongs to the pool in that folder.
   */
  static void assertNone(Path folder) throws IOException {
    assertThat(processes(folder)).as("processes of the pool").isEmpty();
    assertThat(linesWith(Path.of("/proc/mounts"), folder)).as("mounts of the pool").isEmpty();
    assertThat(linesWith(Path.of("/proc/net/unix"), folder)).as("sockets of the pool").isEmpty();
    assertThat(leases(folder)).as("accounts lent by the pool").isEmpty();
  }

  private static List<String> processes(Path folder) throws IOException {
    List<String> found = new ArrayList<>();
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path process : processes) {
        String line = commandLine(process);
        boolean own = process.getFileName().toString().equals("" + ProcessHandle.current().pid());
        if (!own && line.contains(folder.toString())) {
          found.add(process.getFileName() + ": " + line);
        }
      }
    }
    return found;
  }

  private static String commandLine(Path process) {
    try {
      byte[] bytes = Files.readAllBytes(process.resolve("cmdline"));
      return new String(bytes, StandardCharsets.UTF_8).replace('\0', ' ');
    } catch (IOException _) {
      return "";
    }
  }

  private static List<String> linesWith(Path file, Path folder) throws IOException {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.filter(line -> line.contains(folder.toString())).toList();
    }
  }

  private static List<Path> leases(Path folder) throws IOException {
    List<Path> found = new ArrayList<>();
    if (Files.isDirectory(LEASES)) {
      try (DirectoryStream<Path> leases = Files.newDirectoryStream(LEASES)) {
        for (Path lease : leases) {
          if (Files.isRegularFile(lease) && Files.readString(lease).contains(folder.toString())) {
            found.add(lease);
          }
        }
      }
    }
    return found;
  }
}
