package io.urubu.cli.session;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Rows of text in aligned columns; the last column is not padded. */
public final class Table {
  private final List<List<String>> rows = new ArrayList<>();
  private final Set<Integer> rightAligned;

  /**
   * @param rightAligned columns of numbers, counted from 0
   */
  public Table(Set<Integer> rightAligned, String... header) {
    this.rightAligned = Set.copyOf(rightAligned);
    rows.add(List.of(header));
  }

  public void row(String... cells) {
    rows.add(List.of(cells));
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
