package io.urubu.benchmarks.classad;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.openjdk.jmh.profile.JavaFlightRecorderProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Measures the language, and ends with one line per figure: name, value and unit between tabs.
 * Arguments: {@code quick} for one short run of each benchmark; {@code profile FOLDER} for the same
 * with flight recordings in the folder; {@code write FOLDER} to write what is measured, for others
 * to read; a regular expression, to run only those benchmarks whose name has it.
 */
public final class ClassAdBenchmark {
  private static final String PACKAGE = ClassAdBenchmark.class.getPackageName();

  private ClassAdBenchmark() {}

  /** See the class. */
  public static void main(String[] arguments) throws Exception {
    List<String> words = Arrays.asList(arguments);
    switch (words.isEmpty() ? "" : words.getFirst()) {
      case "write" -> Subjects.write(Path.of(words.get(1)));
      case "profile" -> profile(Path.of(words.get(1)), words.subList(2, words.size()));
      case "quick" -> measure(quick(), 1, words.subList(1, words.size()));
      default -> measure(whole(), 5, words);
    }
  }

  private static void measure(ChainedOptionsBuilder options, int memoryRuns, List<String> which)
      throws Exception {
    var results = run(options, which);
    if (which.isEmpty()) {
      for (int i = 0; i < memoryRuns; i++) {
        weigh();
      }
    }
    for (RunResult result : results) {
      System.out.println(Figure.of(result));
    }
    Checks.print();
  }

  private static void profile(Path folder, List<String> which) throws Exception {
    Files.createDirectories(folder);
    run(quick().addProfiler(JavaFlightRecorderProfiler.class, "dir=" + folder), which);
  }

  private static Iterable<RunResult> run(ChainedOptionsBuilder options, List<String> which)
      throws RunnerException {
    options.include(PACKAGE + ".*" + String.join(".*", which));
    return new Runner(options.addProfiler(CpuTime.class).build()).run();
  }

  private static ChainedOptionsBuilder quick() {
    return oneCore().forks(1).warmupIterations(6).measurementIterations(4);
  }

  private static ChainedOptionsBuilder whole() {
    return oneCore().forks(3).warmupIterations(5).measurementIterations(5);
  }

  /** A collector with a thread of its own would use a second core. */
  private static ChainedOptionsBuilder oneCore() {
    return new OptionsBuilder()
        .warmupTime(TimeValue.seconds(1))
        .measurementTime(TimeValue.seconds(1))
        .threads(1)
        .jvmArgs("-XX:+UseSerialGC", "-Xms3g", "-Xmx3g");
  }

  /** In a process of its own, whose heap holds nothing else. */
  private static void weigh() throws IOException, InterruptedException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    int exit =
        new ProcessBuilder(
                java.toString(),
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                MemoryMeasurement.class.getName())
            .inheritIO()
            .start()
            .waitFor();
    if (exit != 0) {
      throw new IOException("the measurement of memory ended with " + exit);
    }
  }
}
