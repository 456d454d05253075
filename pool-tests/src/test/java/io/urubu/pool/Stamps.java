package io.urubu.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What jobs wrote about themselves into a folder outside the pool: one file for each run, called
 * {@code cluster.proc#n}, with lines {@code start|tick|stop UPTIME}, where UPTIME counts seconds
 * since boot. A run's account differs from the one before it, so no two runs write the same file.
 */
final class Stamps {
  private final Path folder;

  Stamps(Path folder) {
    this.folder = folder;
  }

  /** The lines that a job's shell script begins with: $stamp WORD appends one line. */
  static String shellFunction(Path folder) {
    return """
        stamp() { read now rest < /proc/uptime; echo "$1 $now" >> %s/$_URUBU_RUN; }
        """
        .formatted(folder);
  }

  private record Stamp(int run, String word, double at) {}

  /** The stamps of each job, run after run, in the order of their writing. */
  private Map<String, List<Stamp>> read() throws IOException {
    Map<String, List<Stamp>> stampsByJob = new TreeMap<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        String run = file.getFileName().toString();
        int hash = run.indexOf('#');
        stampsByJob
            .computeIfAbsent(run.substring(0, hash), job -> new ArrayList<>())
            .addAll(read(file, Integer.parseInt(run.substring(hash + 1))));
      }
    }
    stampsByJob.values().forEach(stamps -> stamps.sort(Comparator.comparingInt(Stamp::run)));
    return stampsByJob;
  }

  private static List<Stamp> read(Path file, int run) throws IOException {
    List<Stamp> stamps = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      String[] words = line.split(" ", -1);
      // A killed job may leave half a line.
      if (words.length == 2 && words[1].matches("[0-9]+\\.[0-9]{2}")) {
        stamps.add(new Stamp(run, words[0], Double.parseDouble(words[1])));
      }
    }
    return stamps;
  }

  /** How many jobs wrote something within the last second and have not stopped. */
  long running() throws IOException {
    double now = uptime();
    return read().values().stream()
        .filter(stamps -> !stamps.isEmpty())
        .map(List::getLast)
        .filter(last -> !last.word().equals("stop") && now - last.at() < 1.0)
        .count();
  }

  private static double uptime() throws IOException {
    return Double.parseDouble(Files.readString(Path.of("/proc/uptime")).split(" ", -1)[0]);
  }

  /** How many runs there were beyond the first of each job. */
  int extraRuns() throws IOException {
    int extra = 0;
    for (List<Stamp> stamps : read().values()) {
      Set<Integer> runs = new HashSet<>();
      stamps.forEach(stamp -> runs.add(stamp.run()));
      extra += runs.size() - 1;
    }
    return extra;
  }

  /** Of no job did an older run write anything after a newer one had begun. */
  void assertNoTwoRunsOverlapped() throws IOException {
    for (Map.Entry<String, List<Stamp>> job : read().entrySet()) {
      double last = 0;
      for (Stamp stamp : job.getValue()) {
        assertThat(stamp.at())
            .as("job %s: run %d wrote before an older one had ended", job.getKey(), stamp.run())
            .isGreaterThanOrEqualTo(last);
        last = stamp.at();
      }
    }
  }

  /** Exactly one run of each job came to its end, and it was the newest. */
  void assertEachEndedOnce(int jobs) throws IOException {
    Map<String, List<Stamp>> stampsByJob = read();
    assertThat(stampsByJob).hasSize(jobs);
    for (Map.Entry<String, List<Stamp>> job : stampsByJob.entrySet()) {
      List<String> stops = job.getValue().stream().map(Stamp::word).filter("stop"::equals).toList();
      assertThat(stops).as("ends of " + job.getKey()).isNotEmpty();
      assertThat(job.getValue().getLast().word()).as(job.getKey()).isEqualTo("stop");
    }
  }
}
