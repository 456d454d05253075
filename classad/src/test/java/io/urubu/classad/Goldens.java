package io.urubu.classad;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the tables of recorded behaviour. */
final class Goldens {
  private Goldens() {}

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

  /** The rows of a table, each by column name. */
  static List<Row> read(String resource) throws IOException {
    try (InputStream in = Goldens.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IOException("no resource " + resource);
      }
      String[] lines = new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n", -1);
      String[] header = lines[0].split("\t", -1);
      List<Row> rows = new ArrayList<>();
      for (int i = 1; i < lines.length; i++) {
        if (!lines[i].isEmpty()) {
          rows.add(row(header, lines[i].split("\t", -1)));
        }
      }
      return rows;
    }
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
