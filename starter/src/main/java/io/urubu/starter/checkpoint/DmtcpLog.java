package io.urubu.starter.checkpoint;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What DMTCP complains of. It can give up a process of a job (one that was born while others were
 * not yet back, for one), which then ends with 99; its parent may not even look, and go on with a
 * wrong result. The job can write there, too: it harms itself only, and the file is read by a tool
 * that follows no link and waits for no pipe.
 */
final class DmtcpLog {
  private static final Pattern FAILURE =
      Pattern.compile("^ASSERT at (.{1,300})", Pattern.MULTILINE);
  private static final long LIMIT_SECONDS = 10;
  private static final int MOST_BYTES = 60_000;

  private final Path file;

  DmtcpLog(Path control) {
    this.file = control.resolve("log");
  }

  /** Why a process was given up; empty when none was. */
  Optional<String> failure() throws InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
                List.of(
                    "dd",
                    "if=" + file,
                    "iflag=nofollow,nonblock",
                    "bs=" + MOST_BYTES,
                    "count=1",
                    "status=none"))
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    try {
      Process process = builder.start();
      try {
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
          return Optional.empty();
        }
        byte[] text = process.getInputStream().readNBytes(MOST_BYTES);
        Matcher failure = FAILURE.matcher(new String(text, StandardCharsets.ISO_8859_1));
        return failure.find() ? Optional.of(failure.group(1).strip()) : Optional.empty();
      } finally {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      return Optional.of("it cannot be read: " + e.getMessage());
    }
  }
}
