package io.urubu.benchmarks.classad;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntFunction;

/** What is measured, as files. */
final class Subjects {
  private Subjects() {}

  /** Expressions to be evaluated in each machine's ad, by name. */
  static Map<String, String> expressions() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("eightComparisons", Texts.EIGHT);
    all.put("twentyTimesEight", Texts.TWENTY_EIGHTS);
    all.put("scan.large", Texts.LARGE);
    all.put("scan.none", Texts.NONE);
    all.put("scan.one", Texts.ONE);
    return all;
  }

  /**
   * Writes {@code machines.long} (an empty line behind each ad), {@code machines.new} (an ad on
   * each line), {@code job.long}, and a file for each expression.
   */
  static void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    write(folder.resolve("machines.long"), Machine::lines);
    write(folder.resolve("machines.new"), Machine::bracketed);
    Files.writeString(folder.resolve("job.long"), Texts.JOB);
    Files.writeString(folder.resolve("requirements.expression"), Texts.requirements());
    for (var subject : expressions().entrySet()) {
      Files.writeString(folder.resolve(subject.getKey() + ".expression"), subject.getValue());
    }
  }

  private static void write(Path file, IntFunction<String> form) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      for (int i = 0; i < Texts.MACHINES; i++) {
        out.write(form.apply(i));
        out.write('\n');
      }
    }
  }
}
