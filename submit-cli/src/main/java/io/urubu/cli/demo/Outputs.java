package io.urubu.cli.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a moved program printed, held against what it prints when nobody disturbs it. */
final class Outputs {
  private static final Pattern RANDOM = Pattern.compile("(begin|end), random number (\\d+)");
  private static final Pattern PROGRESS = Pattern.compile("line (\\d+): .*");

  private final List<String> undisturbed;
  private final List<String> moved;

  private Outputs(List<String> undisturbed, List<String> moved) {
    this.undisturbed = List.copyOf(undisturbed);
    this.moved = List.copyOf(moved);
  }

  static Outputs read(Path undisturbed, Path moved) throws IOException {
    return new Outputs(lines(undisturbed), lines(moved));
  }

  private static List<String> lines(Path file) throws IOException {
    return Files.exists(file) ? Files.readAllLines(file) : List.of();
  }

  /** How many lines there are. */
  int size() {
    return moved.size();
  }

  /** The random number that the moved program drew once and kept; empty when it did not keep it. */
  Optional<String> keptNumber() {
    List<String> words = new ArrayList<>();
    List<String> numbers = new ArrayList<>();
    for (String line : moved) {
      Matcher random = RANDOM.matcher(line);
      if (random.matches()) {
        words.add(random.group(1));
        numbers.add(random.group(2));
      }
    }
    boolean kept =
        words.equals(List.of("begin", "end")) && numbers.stream().distinct().count() == 1;
    return kept ? Optional.of(numbers.getFirst()) : Optional.empty();
  }

  /** True when there is progress, and none of it is told twice or taken back. */
  boolean onlyGoesForward() {
    long last = 0;
    for (String line : moved) {
      Matcher progress = PROGRESS.matcher(line);
      if (progress.matches()) {
        long at = Long.parseLong(progress.group(1));
        if (at <= last) {
          return false;
        }
        last = at;
      }
    }
    return last > 0;
  }

  /** The first line that differs, the random numbers apart; empty when all are equal. */
  Optional<String> firstDifference() {
    for (int i = 0; i < Math.max(undisturbed.size(), moved.size()); i++) {
      String expected = i < undisturbed.size() ? undisturbed.get(i) : "(nothing)";
      String found = i < moved.size() ? moved.get(i) : "(nothing)";
      if (!withoutRandom(expected).equals(withoutRandom(found))) {
        return Optional.of("line %d is '%s' and not '%s'".formatted(i + 1, found, expected));
      }
    }
    return Optional.empty();
  }

  private static String withoutRandom(String line) {
    Matcher random = RANDOM.matcher(line);
    return random.matches() ? random.group(1) : line;
  }
}
