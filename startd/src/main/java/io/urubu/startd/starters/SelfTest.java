package io.urubu.startd.starters;

import io.urubu.startd.processes.Tool;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the starter's program whether jobs can be boxed in on this machine. */
final class SelfTest {
  private static final Logger log = LoggerFactory.getLogger(SelfTest.class);

  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final StarterLauncher launcher;
  private final Lodgings lodgings;
  private final Tool tool;

  SelfTest(StarterLauncher launcher, Lodgings lodgings, Tool tool) {
    this.launcher = launcher;
    this.lodgings = lodgings;
    this.tool = tool;
  }

  /** Why not; empty when they can. */
  Optional<String> run() throws InterruptedException {
    try {
      StarterRecord record = lodgings.take("");
      try {
        Tool.Outcome outcome =
            tool.run(
                launcher.selfTest(record.folder(), record.uid()), launcher.environment(), LIMIT);
        return outcome.isSuccess() ? Optional.empty() : Optional.of(reason(outcome));
      } finally {
        clear(record);
      }
    } catch (NoSuchFileException e) {
      return Optional.of(e.getFile() + " is not there: the installation is incomplete");
    } catch (IOException e) {
      return Optional.of("the sandbox cannot be tried: " + e.getMessage());
    }
  }

  private void clear(StarterRecord record) throws InterruptedException {
    try {
      lodgings.clear(record);
    } catch (IOException e) {
      log.atWarn().setCause(e).log("cannot sweep after the self test");
    }
  }

  private static String reason(Tool.Outcome outcome) {
    String printed = StarterTexts.bounded(outcome.output().strip());
    return printed.isEmpty()
        ? "the starter's self test ended with status " + outcome.exit()
        : printed;
  }
}
