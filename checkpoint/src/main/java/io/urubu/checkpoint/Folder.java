package io.urubu.checkpoint;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.IntPredicate;

/**
 * The folder of one job: {@code g5} is a generation, {@code t2.7} a checkpoint on its way, {@code
 * last-5} remembers the highest number when its generation is gone.
 */
record Folder(Disk disk, Path path) {
  private static final String GENERATION = "g";
  private static final String STAGE = "t";
  private static final String LAST = "last-";

  Path generation(int number) {
    return path.resolve(GENERATION + number);
  }

  Path stage(int run, int number) {
    return path.resolve(STAGE + run + "." + number);
  }

  private static OptionalInt number(Path entry, String prefix) {
    String name = entry.getFileName().toString();
    if (!name.startsWith(prefix)) {
      return OptionalInt.empty();
    }
    try {
      return OptionalInt.of(Integer.parseInt(name.substring(prefix.length())));
    } catch (NumberFormatException _) {
      return OptionalInt.empty();
    }
  }

  private static List<Integer> numbers(List<Path> entries, String prefix) {
    List<Integer> numbers = new ArrayList<>();
    entries.forEach(entry -> number(entry, prefix).ifPresent(numbers::add));
    return numbers;
  }

  List<Integer> generations() throws IOException {
    return numbers(Disk.list(path), GENERATION);
  }

  /** The highest number that was ever given here; 0 when none was. */
  int highest() throws IOException {
    return highest(Disk.list(path));
  }

  private static int highest(List<Path> entries) {
    int generation = numbers(entries, GENERATION).stream().mapToInt(n -> n).max().orElse(0);
    int last = numbers(entries, LAST).stream().mapToInt(n -> n).max().orElse(0);
    return Math.max(generation, last);
  }

  /** Deletes generations; their numbers are not given again. */
  void delete(IntPredicate which) throws IOException {
    List<Path> entries = Disk.list(path);
    List<Integer> doomed =
        numbers(entries, GENERATION).stream().filter(number -> which.test(number)).toList();
    if (doomed.isEmpty()) {
      return;
    }
    int highest = highest(entries);
    List<Integer> remembered = numbers(entries, LAST);
    if (doomed.contains(highest) && !remembered.contains(highest)) {
      disk.create(path.resolve(LAST + highest)).close();
      disk.forceFolder(path);
    }
    for (int number : doomed) {
      disk.deleteTree(generation(number));
    }
    for (int number : remembered) {
      if (number < highest) {
        disk.delete(path.resolve(LAST + number));
      }
    }
    disk.forceFolder(path);
  }

  /** Removes what was on its way in a process that is gone. */
  void sweep() throws IOException {
    for (Path entry : Disk.list(path)) {
      if (entry.getFileName().toString().startsWith(STAGE)) {
        disk.deleteTree(entry);
      }
    }
  }
}
