package io.urubu.startd.starters;

import io.urubu.classad.ClassAd;
import io.urubu.classad.ClassAdSyntaxException;
import io.urubu.startd.processes.Tool;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the starter's program whether jobs can be boxed in on this machine. */
final class SelfTest {
  private static final Logger log = LoggerFactory.getLogger(SelfTest.class);

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final List<String> PLAIN_BACKENDS = List.of("self", "none");
  private static final int MOST_BACKENDS = 20;

  private final StarterLauncher launcher;
  private final Lodgings lodgings;
  private final Tool tool;

  SelfTest(StarterLauncher launcher, Lodgings lodgings, Tool tool) {
    this.launcher = launcher;
    this.lodgings = lodgings;
    this.tool = tool;
  }

  SelfTestResult run() throws InterruptedException {
    try {
      StarterRecord record = lodgings.take("");
      try {
        Tool.Outcome outcome =
            tool.run(
                launcher.selfTest(record.folder(), record.uid()), launcher.environment(), LIMIT);
        return outcome.isSuccess()
            ? fit(outcome.output())
            : new SelfTestResult.Unfit(reason(outcome));
      } finally {
        clear(record);
      }
    } catch (NoSuchFileException e) {
      return new SelfTestResult.Unfit(
          e.getFile() + " is not there: the installation is incomplete");
    } catch (IOException e) {
      return new SelfTestResult.Unfit("the sandbox cannot be tried: " + e.getMessage());
    }
  }

  /** The first line that is an ad; a starter that prints none has the plain backends only. */
  static SelfTestResult fit(String output) {
    ClassAd ad =
        output
            .lines()
            .map(String::strip)
            .filter(line -> line.startsWith("["))
            .findFirst()
            .flatMap(SelfTest::parsed)
            .orElse(ClassAd.empty());
    List<String> backends =
        ad.strings("Backends").stream().map(StarterTexts::bounded).limit(MOST_BACKENDS).toList();
    List<String> missing = ad.strings("Missing");
    return new SelfTestResult.Fit(
        backends.isEmpty() ? PLAIN_BACKENDS : backends,
        StarterTexts.bounded(ad.string("CheckpointPlatform").orElse("")),
        missing.isEmpty()
            ? Optional.empty()
            : Optional.of(StarterTexts.bounded(String.join("; ", missing))));
  }

  private static Optional<ClassAd> parsed(String line) {
    try {
      return Optional.of(ClassAd.parse(line));
    } catch (ClassAdSyntaxException e) {
      log.atWarn().setCause(e).log("the starter's self test prints no ad");
      return Optional.empty();
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
