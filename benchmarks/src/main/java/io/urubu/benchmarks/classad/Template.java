package io.urubu.benchmarks.classad;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An ad in long form, a resource beside this class, with {@code {name}} where ads differ. */
final class Template {
  private static final Pattern PLACE = Pattern.compile("\\{([a-z0-9]+)\\}");

  /** What stands between the places, and the names of the places: one less. */
  private final List<String> between = new ArrayList<>();

  private final List<String> names = new ArrayList<>();

  private Template(String text) {
    Matcher place = PLACE.matcher(text);
    int from = 0;
    while (place.find()) {
      between.add(text.substring(from, place.start()));
      names.add(place.group(1));
      from = place.end();
    }
    between.add(text.substring(from));
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
    StringBuilder text = new StringBuilder(between.getFirst());
    for (int i = 0; i < names.size(); i++) {
      Object value = values.get(names.get(i));
      if (value == null) {
        throw new IllegalStateException("nothing is said for {" + names.get(i) + "}");
      }
      text.append(value).append(between.get(i + 1));
    }
    return text.toString();
  }
}
