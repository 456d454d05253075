package io.urubu.cli.session;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Rows of text in aligned columns; the last column is not padded. Columns that may be left out are
 * printed only when a row has something there and the terminal has room for them.
 */
public final class Table {
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}|[\\x{80}-\\x{9f}]");

  private final List<List<String>> rows = new ArrayList<>();
  private final Set<Integer> rightAligned;
  private final List<Integer> dispensable;

  /**
   * @param rightAligned columns of numbers, counted from 0
   */
  public Table(Set<Integer> rightAligned, String... header) {
    this(rightAligned, List.of(), header);
  }

  /**
   * @param rightAligned columns of numbers, counted from 0
   * @param dispensable columns that may be left out, the first one first
   */
  public Table(Set<Integer> rightAligned, List<Integer> dispensable, String... header) {
    this.rightAligned = Set.copyOf(rightAligned);
    this.dispensable = List.copyOf(dispensable);
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
    print(out, Integer.MAX_VALUE);
  }

  /** Prints for a terminal of so many columns; the last column of the table may be cut by it. */
  public void print(PrintWriter out, int width) {
    int columns = rows.getFirst().size();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    Set<Integer> left = leftOut(widths, width);
    List<Integer> shown =
        IntStream.range(0, columns).filter(i -> !left.contains(i)).boxed().toList();
    for (List<String> row : rows) {
      out.println(line(row, shown, widths));
    }
  }

  private Set<Integer> leftOut(int[] widths, int width) {
    Set<Integer> left = new TreeSet<>();
    for (int column : dispensable) {
      if (rows.stream().skip(1).allMatch(row -> row.get(column).isEmpty())) {
        left.add(column);
      }
    }
    for (int column : dispensable) {
      int needed =
          IntStream.range(0, widths.length)
              .filter(i -> !left.contains(i))
              .map(i -> widths[i] + 2)
              .sum();
      if (needed - 2 > width) {
        left.add(column);
      }
    }
    return left;
  }

  private String line(List<String> row, List<Integer> shown, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i : shown) {
      String cell = row.get(i);
      String blanks = " ".repeat(widths[i] - cell.length());
      boolean last = i == shown.getLast();
      line.append(rightAligned.contains(i) ? blanks + cell : last ? cell : cell + blanks);
      line.append(last ? "" : "  ");
    }
    return line.toString();
  }
}
