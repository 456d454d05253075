package io.urubu.starter.checkpoint;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** DMTCP's programs where every job sees them. */
record DmtcpInstallation(Path programs) {
  private static final List<String> NEEDED =
      List.of("dmtcp_launch", "dmtcp_restart", "dmtcp_command", "dmtcp_coordinator");

  private static final Pattern VERSION = Pattern.compile("\\(DMTCP\\) (\\S{1,20})");
  private static final Pattern CPU =
      Pattern.compile(
          "(vendor_id|cpu family|model|flags|CPU implementer|CPU part|Features)\\s*:\\s*(.*)");
  private static final long LIMIT_SECONDS = 10;
  private static final int LONGEST_ANSWER = 500;
  private static final int DIGEST_BYTES = 4;

  static Optional<DmtcpInstallation> find() {
    return Stream.of("/usr/local/bin", "/usr/bin")
        .map(Path::of)
        .filter(folder -> NEEDED.stream().allMatch(name -> isThere(folder.resolve(name))))
        .map(DmtcpInstallation::new)
        .findFirst();
  }

  private static boolean isThere(Path program) {
    return Files.isExecutable(program);
  }

  /**
   * What must be equal where an image is restarted: it holds the kernel's and the C library's code,
   * and what programs found out about the processor.
   */
  String platform() throws IOException, InterruptedException {
    String kernel = Files.readString(Path.of("/proc/sys/kernel/osrelease")).strip();
    String machine = said("uname", "-m").strip();
    String libc = said("getconf", "GNU_LIBC_VERSION").strip().replace(" ", "");
    return "%s-%s-%s-dmtcp%s-%s"
        .formatted(machine, kernel, libc, version(), digest())
        .replaceAll("[^A-Za-z0-9._+-]", "_");
  }

  private String version() throws IOException, InterruptedException {
    Matcher version =
        VERSION.matcher(said(programs.resolve("dmtcp_launch").toString(), "--version"));
    return version.find() ? version.group(1) : "0";
  }

  private String digest() throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(processor().getBytes(StandardCharsets.UTF_8));
      for (String folder : List.of("lib/dmtcp", "lib64/dmtcp")) {
        Path library = programs.resolveSibling(folder).resolve("libdmtcp.so");
        if (Files.isReadable(library)) {
          digest.update(Files.readAllBytes(library));
        }
      }
      return HexFormat.of().formatHex(digest.digest(), 0, DIGEST_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** The first processor's kind and abilities. */
  private static String processor() throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .takeWhile(line -> !line.isEmpty())
          .filter(line -> CPU.matcher(line).matches())
          .collect(Collectors.joining("\n"));
    }
  }

  private static String said(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      process.getOutputStream().close();
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        throw new IOException(command[0] + " does not end");
      }
      return new String(
          process.getInputStream().readNBytes(LONGEST_ANSWER), StandardCharsets.UTF_8);
    } finally {
      process.destroyForcibly();
    }
  }
}
