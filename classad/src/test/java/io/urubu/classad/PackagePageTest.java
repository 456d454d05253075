package io.urubu.classad;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The examples on the package's page are what evaluation gives. */
@Tag("unit")
class PackagePageTest {
  private static final Path PAGE =
      Path.of("src", "main", "java", "io", "urubu", "classad", "package-info.java");
  private static final Pattern EXAMPLE =
      Pattern.compile("<h2>Example.*?</h2>.*?<pre>(.*?)</pre>", Pattern.DOTALL);
  private static final Pattern LINE = Pattern.compile("(.*?)\\s+is  (\\S+)");

  @Test
  void theWorkedExamplesHold() throws IOException, ClassAdSyntaxException {
    List<String> examples =
        EXAMPLE.matcher(page()).results().map(example -> example.group(1)).toList();
    int lines = 0;

    for (String example : examples) {
      ClassAd my = ad(example, "MY");
      ClassAd target = ad(example, "TARGET");
      for (MatchResult line : LINE.matcher(example).results().toList()) {
        Expression expression = Expression.parse(line.group(1).strip());

        assertThat(shown(expression.evaluate(my, target)))
            .as(line.group(1))
            .isEqualTo(line.group(2));
        lines++;
      }
    }

    assertThat(examples).hasSize(2);
    assertThat(lines).isGreaterThan(20);
  }

  private static String page() throws IOException {
    return Files.readString(PAGE)
        .replaceAll("(?m)^ \\* ?", "")
        .replace("&amp;", "&")
        .replace("&gt;", ">")
        .replace("&lt;", "<");
  }

  private static ClassAd ad(String example, String name) throws ClassAdSyntaxException {
    int start = example.indexOf(name + " ");
    int open = example.indexOf('[', start);
    return start < 0
        ? ClassAd.empty()
        : ClassAd.parse(example.substring(open, example.indexOf("]\n", open) + 1));
  }

  private static String shown(Value value) {
    return switch (value) {
      case Value.Aborted _ -> "aborted";
      case Value.Failed _ -> "error";
      case Value.Undefined _ -> "undefined";
      case Value.Text(String text) -> '"' + text + '"';
      case Value.Bool(boolean set) -> Boolean.toString(set);
      case Value.Whole(long number) -> Long.toString(number);
      case Value.Real(double number) -> Double.toString(number);
      case Value.Moment _, Value.Interval _, Value.Items _, Value.Nested _ -> value.toString();
    };
  }
}
