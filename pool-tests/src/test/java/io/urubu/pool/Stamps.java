package io.urubu.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What jobs wrote about themselves into a folder outside the pool: lines {@code RUN start|tick|stop
 * UPTIME}, where RUN is {@code cluster.proc#n} and UPTIME counts seconds since boot.
 */
final class Stamps {
  private final Path folder;

  Stamps(Path folder) {
    this.folder = folder;
  }

  /** The lines that a job's shell script begins with: $stamp WORD appends one line. */
  static String shellFunction(Path folder) {
    return """
        stamp() { read now rest < /proc/uptime; echo "$_URUBU_RUN $1 $now" >> %s/${_URUBU_RUN%%#*}; }
        """
        .formatted(folder);
  }

  private record Stamp(int run, String word, double at) {}

  private Map<String, List<Stamp>> read() throws IOException {
    Map<String, List<Stamp>> stampsByJob = new TreeMap<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        List<Stamp> stamps = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
          String[] words = line.split(" ");
          // A killed job may leave half a line.
          if (words.length == 3 && words[2].matches("[0-9]+\\.[0-9]{2}")) {
            int run = Integer.parseInt(words[0].substring(words[0].indexOf('#') + 1));
            stamps.add(new Stamp(run, words[1], Double.parseDouble(words[2])));
          }
        }
        stampsByJob.put(file.getFileName().toString(), stamps);
      }
    }
    return stampsByJob;
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
    return Double.parseDouble(Files.readString(Path.of("/proc/uptime")).split(" ")[0]);
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
      int newest = 0;
      double last = 0;
      for (Stamp stamp : job.getValue()) {
        assertThat(stamp.run())
            .as("run of job %s that wrote at %s, after run %s", job.getKey(), stamp.at(), newest)
            .isGreaterThanOrEqualTo(newest);
        assertThat(stamp.at()).as("times of job %s", job.getKey()).isGreaterThanOrEqualTo(last);
        newest = stamp.run();
        last = stamp.at();
      }
    }
  }

  /** Exactly one run of each job came to its end, and it was the newest. */
  void assertEachEndedOnce(int jobs) throws IOException {
    Map<String, List<Stamp>> stampsByJob = read();
    assertThat(stampsByJob).hasSize(jobs);
    for (Map.Entry<String, List<Stamp>> job : stampsByJob.entrySet()) {
      assertThat(job.getValue().getLast().word())
          .as("last stamp of " + job.getKey())
          .isEqualTo("stop");
    }
  }
}
