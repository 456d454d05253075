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
    for (Path table : tables()) {
      if (String.valueOf(table.getFileName()).startsWith(prefix)) {
        rows.addAll(rows(Files.readString(table, StandardCharsets.UTF_8)));
      }
    }
    return rows;
  }

  /** A folder without a table would make a test that cannot fail. */
  private static List<Path> tables() throws IOException {
    try (Stream<Path> files = Files.list(folder())) {
      List<Path> tables =
          files
              .filter(file -> file.getFileName().toString().matches("(corpus|match).*\\.tsv"))
              .sorted()
              .toList();
      if (tables.isEmpty()) {
        throw new IOException(folder() + " has no corpus*.tsv or match*.tsv");
      }
      return tables;
    }
  }

  /** The rows of one table of the project's own. */
  static List<Row> readOwn(String name) throws IOException {
    return rows(Files.readString(ownFolder().resolve(name), StandardCharsets.UTF_8));
  }

  private static Path folder() {
    if (areOwn()) {
      return ownFolder();
    }
    Path given = Path.of(System.getProperty(FOLDER, ""));
    // Tests run in the folder of the module, those who name a folder are in the one above.
    Path above = Path.of("..").resolve(given);
    return Files.isDirectory(given) || !Files.isDirectory(above) ? given : above;
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
