package io.urubu.starter.sandbox;

import io.urubu.command.presence.ProcessMark;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What {@code /proc/PID/status} tells beyond {@code stat}. */
final class ProcessStatus {
  private static final long STOP_BIT = 1L << (Signal.STOP.number() - 1);
  private static final String LIBRARY = "/libdmtcp.so";
  private static final long KILOBYTE = 1024;

  private ProcessStatus() {}

  static boolean isStopPending(long pid) {
    try {
      String pending = field(text(pid), "ShdPnd").orElse("0");
      return (Long.parseUnsignedLong(pending, 16) & STOP_BIT) != 0;
    } catch (IOException _) {
      // It ended meanwhile.
      return true;
    }
  }

  /** Empty when it has ended. */
  static Optional<JobProcess> read(HostProcess process, ProcessMark first) {
    try {
      String status = text(process.mark().pid());
      long swapped = kilobytes(status, "VmSwap");
      return Optional.of(
          new JobProcess(
              pidWithin(status, text(first.pid())),
              field(status, "Name").orElse(""),
              isSavable(process.mark().pid()),
              process.mark().startTicks(),
              process.childFaults(),
              (kilobytes(status, "VmRSS") + swapped) * KILOBYTE));
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  /** A statically linked program does not load it, whatever its environment says. */
  private static boolean isSavable(long pid) throws IOException {
    byte[] maps = Files.readAllBytes(Path.of("/proc", Long.toString(pid), "maps"));
    return new String(maps, StandardCharsets.ISO_8859_1).contains(LIBRARY);
  }

  /** As the sandbox's own first process would call it; it may have made namespaces of its own. */
  private static long pidWithin(String status, String first) {
    int depth = field(first, "NSpid").orElse("").split("\\s+", -1).length;
    String[] pids = field(status, "NSpid").orElse("").split("\\s+", -1);
    return pids.length < depth ? -1 : Long.parseLong(pids[depth - 1]);
  }

  private static long kilobytes(String status, String name) {
    return field(status, name).map(text -> Long.parseLong(text.split(" ", 2)[0])).orElse(0L);
  }

  private static Optional<String> field(String status, String name) {
    return status
        .lines()
        .filter(line -> line.startsWith(name + ":"))
        .map(line -> line.substring(name.length() + 1).strip())
        .findFirst();
  }

  private static String text(long pid) throws IOException {
    return new String(
        Files.readAllBytes(Path.of("/proc", Long.toString(pid), "status")),
        StandardCharsets.ISO_8859_1);
  }
}
