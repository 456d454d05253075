package io.urubu.cli.session;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Rows of text in aligned columns; the last column is not padded. */
public final class Table {
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}|[\\x{80}-\\x{9f}]");

  private final List<List<String>> rows = new ArrayList<>();
  private final Set<Integer> rightAligned;

  /**
   * @param rightAligned columns of numbers, counted from 0
   */
  public Table(Set<Integer> rightAligned, String... header) {
    this.rightAligned = Set.copyOf(rightAligned);
    rows.add(List.of(header));
  }

  /** Adds a row. Other people's words stand in it: nothing in them moves the terminal's cursor. */
  public void row(String... cells) {
    rows.add(Stream.of(cells).map(Table::harmless).toList());
  }

  private static String harmless(String cell) {
    return CONTROL.matcher(cell).replaceAll("?");
  }

  public void print(PrintWriter out) {
    int columns = rows.getFirst().size();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < columns; i++) {
        String cell = row.get(i);
        String blanks = " ".repeat(widths[i] - cell.length());
        boolean last = i == columns - 1;
        line.append(rightAligned.contains(i) ? blanks + cell : last ? cell : cell + blanks);
        line.append(last ? "" : "  ");
      }
      out.println(line);
    }
  }
}
