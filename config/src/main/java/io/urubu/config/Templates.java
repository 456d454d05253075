package io.urubu.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.urubu.config.language.LogicalLine;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The settings that come with the program and that {@code use CATEGORY : Template} takes over. */
final class Templates {
  private static final Map<String, List<String>> NAMES_BY_CATEGORY =
      Map.of("POLICY", List.of("Desktop"));

  private Templates() {}

  /** What was asked for: the template's lines, or why there is no such template. */
  sealed interface Found {
    record Lines(List<LogicalLine> lines) implements Found {
      public Lines {
        lines = List.copyOf(lines);
      }
    }

    record Unknown(String rule) implements Found {}
  }

  static Found find(String category, String name) {
    Optional<String> knownCategory =
        NAMES_BY_CATEGORY.keySet().stream().filter(category::equalsIgnoreCase).findFirst();
    if (knownCategory.isEmpty()) {
      return new Found.Unknown(
          "there is no category '%s' of templates; known are: %s"
              .formatted(category, String.join(", ", NAMES_BY_CATEGORY.keySet())));
    }
    List<String> names = NAMES_BY_CATEGORY.getOrDefault(knownCategory.get(), List.of());
    return names.stream()
        .filter(name::equalsIgnoreCase)
        .findFirst()
        .<Found>map(known -> new Found.Lines(read(knownCategory.get(), known)))
        .orElseGet(
            () ->
                new Found.Unknown(
                    "%s has no template '%s'; known are: %s"
                        .formatted(knownCategory.get(), name, String.join(", ", names))));
  }

  private static List<LogicalLine> read(String category, String name) {
    String file = (category + "/" + name).toLowerCase(Locale.ROOT) + ".conf";
    try (InputStream stream = Templates.class.getResourceAsStream(file)) {
      if (stream == null) {
        throw new IllegalStateException("the template " + file + " is not in the program");
      }
      return LogicalLine.of(
          "template " + category + " : " + name,
          new String(stream.readAllBytes(), UTF_8),
          LogicalLine.Within.COMMENT);
    } catch (IOException e) {
      throw new UncheckedIOException("the template " + file + " cannot be read", e);
    }
  }
}
