package io.urubu.config;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Macros that the machine itself defines. Each is found out when a text refers to it.
 *
 * @param given facts that are known already and go before what the machine says
 */
record Facts(Map<String, String> given) {
  private static final long NO_LIMIT = Long.MAX_VALUE;

  Facts {
    given = Map.copyOf(given);
  }

  Optional<String> value(String key) {
    String known = given.get(key);
    if (known != null) {
      return Optional.of(known);
    }
    return switch (key) {
      case "FULL_HOSTNAME" -> Optional.of(hostName());
      case "HOSTNAME" -> Optional.of(hostName().split("\\.", 2)[0]);
      case "USERNAME" -> Optional.ofNullable(System.getProperty("user.name"));
      case "DETECTED_CPUS" ->
          Optional.of(Integer.toString(Runtime.getRuntime().availableProcessors()));
      case "DETECTED_MEMORY" -> Optional.of(Long.toString(megabytes()));
      case "DETECTED_JAVA" -> Optional.of(System.getProperty("java.home") + "/bin/java");
      case "DETECTED_LIB" -> Optional.of(folderOfJars());
      default -> Optional.empty();
    };
  }

  /** The kernel's name for this machine: asks no name service, which may be slow or away. */
  private static String hostName() {
    return firstLine(Path.of("/proc/sys/kernel/hostname"))
        .filter(name -> !name.isEmpty())
        .orElse("localhost")
        .toLowerCase(Locale.ROOT);
  }

  /** The smaller of the machine's memory and what a container was given of it. */
  private static long megabytes() {
    long bytes =
        firstLine(Path.of("/proc/meminfo"))
            .map(line -> number(line.replaceAll("\\D", "")))
            .filter(kilobytes -> kilobytes < NO_LIMIT / 1024)
            .map(kilobytes -> kilobytes * 1024)
            .orElse(1L << 30);
    for (String limit :
        new String[] {"/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"}) {
      bytes = Math.min(bytes, firstLine(Path.of(limit)).map(Facts::number).orElse(NO_LIMIT));
    }
    return Math.max(1, bytes >> 20);
  }

  private static long number(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException _) {
      return NO_LIMIT;
    }
  }

  private static Optional<String> firstLine(Path file) {
    try (var lines = Files.lines(file)) {
      return lines.findFirst().map(String::strip);
    } catch (IOException | RuntimeException _) {
      // Not every machine has every such file.
      return Optional.empty();
    }
  }

  private static String folderOfJars() {
    try {
      var source = Facts.class.getProtectionDomain().getCodeSource();
      Path folder = source == null ? null : Path.of(source.getLocation().toURI()).getParent();
      return folder == null ? "/usr/share/urubu/lib" : folder.toString();
    } catch (URISyntaxException _) {
      return "/usr/share/urubu/lib";
    }
  }
}
