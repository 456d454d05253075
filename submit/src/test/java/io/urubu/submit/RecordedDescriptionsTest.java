package io.urubu.submit;

import static org.assertj.core.api.Assertions.assertThat;

import io.urubu.classad.ClassAd;
import io.urubu.classad.Expression;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Descriptions with what HTCondor 23.9 made of them: the ads, or that they are refused. Further
 * ones come with the parts of the language that they need.
 */
@Tag("unit")
final class RecordedDescriptionsTest {
  private static final Path RECORDED = Path.of("src/test/resources/recorded");
  private static final Path SUPPORT = Path.of("src/test/resources/support");

  /** What others than the description decide: the queue, or the software's own version. */
  private static final Set<String> NOT_OURS =
      Set.of(
          "clusterid",
          "procid",
          "jobstatus",
          "owner",
          "qdate",
          "enteredcurrentstatus",
          "condorversion",
          "condorplatform");

  @TempDir Path folder;

  @Test
  void comeOutAlike() throws IOException {
    copySupport();
    Map<String, String> differences = new TreeMap<>();
    int tried = 0;
    try (Stream<Path> files = Files.list(RECORDED)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".sub")).toList()) {
        String name = file.getFileName().toString().replace(".sub", "");
        tried++;
        String difference = difference(name);
        if (!difference.isEmpty()) {
          differences.put(name, difference);
        }
      }
    }

    assertThat(differences).isEmpty();
    assertThat(tried).as("recorded descriptions; never take one out").isGreaterThanOrEqualTo(168);
  }

  /** Empty when the description is refused as recorded, or makes the ads that were recorded. */
  private String difference(String name) throws IOException {
    Expected expected = Expected.read(RECORDED.resolve(name + ".expected"));
    List<Map<String, String>> ads = new ArrayList<>();
    try {
      String text = Files.readString(RECORDED.resolve(name + ".sub"));
      Submission submission = SubmitDescription.parse("job.sub", text).plan(context());
      FileChecks.ofExecutables(submission);
      for (SubmitRequest request : submission.requests()) {
        for (long process = 0; process < request.count(); process++) {
          ads.add(attributes(request.ad(1, process)));
        }
      }
    } catch (SubmitException e) {
      return expected.refused() ? "" : "refused: " + e.getMessage();
    }
    if (expected.refused()) {
      return "accepted";
    }
    return ads.equals(expected.ads()) ? "" : "made " + ads + "\nrecorded " + expected.ads();
  }

  private SubmitContext context() {
    return new SubmitContext(
        folder,
        Map.of("HOME", "/root", "TESTVAR", "tv1", "OTHER1", "o1", "OTHER2", "o two"),
        "example.org",
        Duration.ofMinutes(40),
        100_000);
  }

  private Map<String, String> attributes(ClassAd ad) {
    Map<String, String> attributes = new TreeMap<>();
    for (String name : ad.names()) {
      String key = name.toLowerCase(Locale.ROOT);
      if (!NOT_OURS.contains(key)) {
        attributes.put(
            key, old(ad.expression(name).orElseThrow().replace(folder.toString(), "/SUBMITDIR")));
      }
    }
    return attributes;
  }

  /** One way to write the expression, whichever it was written in. */
  private static String old(String expression) {
    try {
      return Expression.parse(expression).toOldString().toLowerCase(Locale.ROOT);
    } catch (Exception e) {
      throw new IllegalArgumentException(expression, e);
    }
  }

  private void copySupport() throws IOException {
    try (Stream<Path> files = Files.walk(SUPPORT)) {
      for (Path file : files.toList()) {
        Path target = folder.resolve(SUPPORT.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    }
  }

  private record Expected(boolean refused, List<Map<String, String>> ads) {

    static Expected read(Path file) throws IOException {
      boolean refused = false;
      List<Map<String, String>> ads = new ArrayList<>();
      Map<String, String> open = new TreeMap<>();
      for (String line : Files.readAllLines(file)) {
        if (line.startsWith("exit: ")) {
          refused = !line.equals("exit: 0");
        } else if (line.startsWith("ad: ")) {
          // Those after the first tell only what differs from it.
          open = new TreeMap<>(ads.isEmpty() ? Map.of() : ads.getFirst());
          ads.add(open);
        } else if (line.startsWith("  ")) {
          put(open, line.strip());
        }
      }
      return new Expected(refused, ads);
    }

    private static void put(Map<String, String> ad, String line) {
      String name = line.substring(0, line.indexOf('=')).toLowerCase(Locale.ROOT);
      String value = line.substring(line.indexOf('=') + 1);
      if (NOT_OURS.contains(name)) {
        return;
      }
      try {
        ad.put(name, Expression.parseOld(value).toOldString().toLowerCase(Locale.ROOT));
      } catch (Exception e) {
        throw new IllegalArgumentException(line, e);
      }
    }
  }
}
