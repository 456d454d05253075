package io.urubu.classad;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Reads tables of recorded behaviour: those of the folder that the system property {@code
 * conformance.dir} names, or else the project's own.
 */
final class GoldenTables {
  private static final String FOLDER = "conformance.dir";

  private GoldenTables() {}

  /** One recorded case. */
  record Row(Map<String, String> fields) {
    String get(String column) {
      String field = fields.get(column);
      if (field == null) {
        throw new IllegalArgumentException("no column " + column);
      }
      return field;
    }
  }

  /** Whether the cases are the project's own. */
  static boolean areOwn() {
    return System.getProperty(FOLDER, "").isEmpty();
  }

  /** The rows of all tables whose file names begin so. */
  static List<Row> read(String prefix) throws IOException {
    List<Row> rows = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder())) {
      for (Path file : files.sorted().toList()) {
        String name = String.valueOf(file.getFileName());
        if (name.startsWith(prefix) && name.endsWith(".tsv")) {
          rows.addAll(rows(Files.readString(file, StandardCharsets.UTF_8)));
        }
      }
    }
    return rows;
  }

  /** The rows of one table of the project's own. */
  static List<Row> readOwn(String name) throws IOException {
    return rows(Files.readString(ownFolder().resolve(name), StandardCharsets.UTF_8));
  }

  private static Path folder() {
    return areOwn() ? ownFolder() : Path.of(System.getProperty(FOLDER, ""));
  }

  private static Path ownFolder() {
    URL own = GoldenTables.class.getResource("goldens");
    if (own == null) {
      throw new IllegalStateException("no goldens among the test resources");
    }
    try {
      return Path.of(own.toURI());
    } catch (URISyntaxException e) {
      throw new UncheckedIOException(new IOException(e));
    }
  }

  private static List<Row> rows(String table) {
    String[] lines = table.split("\n", -1);
    String[] header = lines[0].split("\t", -1);
    List<Row> rows = new ArrayList<>();
    for (int i = 1; i < lines.length; i++) {
      if (!lines[i].isEmpty()) {
        rows.add(row(header, lines[i].split("\t", -1)));
      }
    }
    return rows;
  }

  private static Row row(String[] header, String[] fields) {
    Map<String, String> row = new HashMap<>();
    for (int i = 0; i < header.length; i++) {
      row.put(header[i], unescaped(fields[i]));
    }
    return new Row(row);
  }

  private static String unescaped(String field) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < field.length(); i++) {
      char c = field.charAt(i);
      if (c == '\\') {
        c =
            switch (field.charAt(++i)) {
              case 't' -> '\t';
              case 'n' -> '\n';
              case 'r' -> '\r';
              default -> field.charAt(i);
            };
      }
      text.append(c);
    }
    return text.toString();
  }
}
