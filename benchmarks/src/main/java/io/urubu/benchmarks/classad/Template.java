package io.urubu.benchmarks.classad;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An ad in long form, a resource beside this class, with {@code {name}} where ads differ. */
final class Template {
  private static final Pattern PLACE = Pattern.compile("\\{([a-z0-9]+)\\}");

  private final String text;

  private Template(String text) {
    this.text = text;
  }

  static Template of(String resource) {
    try (InputStream in = Template.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(resource + " is not beside this class");
      }
      return new Template(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String with(Map<String, ?> values) {
    return PLACE
        .matcher(text)
        .replaceAll(
            place -> {
              Object value = values.get(place.group(1));
              if (value == null) {
                throw new IllegalStateException("nothing is said for " + place.group());
              }
              return Matcher.quoteReplacement(value.toString());
            });
  }
}
