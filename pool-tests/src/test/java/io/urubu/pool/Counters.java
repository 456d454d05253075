package io.urubu.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.urubu.classad.ClassAd;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Jobs that count through the lines of {@code numbers}, keep a token in memory, write a line of
 * progress for each step into their scratch folder, and tell every step to a folder outside the
 * pool, which no rollback reaches: there one sees from where a job really went on.
 */
final class Counters {
  private static final int DIGEST_LETTERS = 16;

  /** Knows nothing of checkpoints. */
  static final String UNMODIFIED =
      """
      #!/usr/bin/python3
      import hashlib, os, sys, time
      name, steps, stamps = sys.argv[1], int(sys.argv[2]), sys.argv[3]
      os.umask(0)
      token = int.from_bytes(os.urandom(6), "big")
      print("token", token, flush=True)
      digest = "start"
      with open("numbers") as numbers, open("progress." + name, "w") as progress:
          for i in range(steps):
              line = numbers.readline().strip()
              digest = hashlib.md5((digest + line).encode()).hexdigest()[:16]
              progress.write(f"{i} {digest}\\n")
              progress.flush()
              fd = os.open(stamps + "/" + name, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o666)
              os.write(fd, f"{i} {token} {time.monotonic():.3f}\\n".encode())
              os.close(fd)
              time.sleep(0.02)
      print("token", token)
      """;

  /** Saves its state when it is asked, and goes on from what it finds. */
  static final String SELF_SAVING =
      """
      #!/bin/bash
      name=$1 steps=$2 stamps=$3
      umask 0
      i=0 digest=start token=$((RANDOM * 32768 * 32768 + RANDOM * 32768 + RANDOM)) asked=
      trap asked=yes USR1
      if [ -e state ]; then
        read -r i token digest < state
      else
        echo "token $token"
      fi
      exec 3< numbers
      for ((skipped = 0; skipped < i; skipped++)); do read -r line <&3; done
      while [ $i -lt $steps ]; do
        read -r line <&3
        digest=$(printf %s "$digest$line" | md5sum | cut -c1-16)
        echo "$i $digest" >> progress.$name
        read -r now rest < /proc/uptime
        echo "$i $token $now" >> $stamps/$name
        i=$((i + 1))
        if [ $asked ]; then
          echo "$i $token $digest" > state
          exit 85
        fi
        sleep 0.01
      done
      echo "token $token"
      """;

  private Counters() {}

  /** What the progress of such a job must be at its end. */
  static String expected(List<String> numbers, int steps) throws NoSuchAlgorithmException {
    MessageDigest md5 = MessageDigest.getInstance("MD5");
    StringBuilder text = new StringBuilder();
    String digest = "start";
    for (int i = 0; i < steps; i++) {
      byte[] bytes = md5.digest((digest + numbers.get(i)).getBytes(StandardCharsets.UTF_8));
      digest = HexFormat.of().formatHex(bytes).substring(0, DIGEST_LETTERS);
      text.append(i).append(' ').append(digest).append('\n');
    }
    return text.toString();
  }

  /** The same token at the start and at the end: one memory, whatever happened in between. */
  static void assertOneToken(Path output) throws IOException {
    List<String> lines = Files.readAllLines(output);
    assertThat(lines).as(output.toString()).hasSize(2).allMatch(l -> l.startsWith("token "));
    assertThat(lines.getFirst()).as(output.toString()).isEqualTo(lines.getLast());
  }

  /**
   * One step that a job told.
   *
   * @param at seconds since the machine's start
   */
  private record Step(int counter, String token, double at) {}

  private static List<Step> steps(Path file) throws IOException {
    List<Step> steps = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      String[] words = line.split(" ", -1);
      // A killed job may leave half a line.
      if (words.length == 3 && words[2].matches("[0-9]+\\.[0-9]{2,3}")) {
        steps.add(new Step(Integer.parseInt(words[0]), words[1], Double.parseDouble(words[2])));
      }
    }
    return steps;
  }

  /** Which checkpoints of which job the queue held committed, and since when at the latest. */
  static final class Commits {
    private final Map<String, List<Commit>> commitsByJob = new TreeMap<>();
    private final Map<String, Long> newest = new HashMap<>();

    private record Commit(double seenAt, double cutAt) {}

    /** Takes note of what the queue says now. */
    void see(List<ClassAd> jobs) throws IOException {
      double now = uptime();
      double boot = System.currentTimeMillis() / 1000.0 - now;
      for (ClassAd job : jobs) {
        long count = job.integer("NumCheckpoints").orElse(0);
        String name = job.integer("ClusterId").orElse(0) + "." + job.integer("ProcId").orElse(0);
        if (count > newest.getOrDefault(name, 0L)) {
          newest.put(name, count);
          commitsByJob
              .computeIfAbsent(name, _ -> new ArrayList<>())
              .add(new Commit(now, job.integer("LastCheckpointTime").orElseThrow() - boot));
        }
      }
    }

    /**
     * Every time a job went on, it went on from the newest committed checkpoint or from something
     * younger.
     *
     * @return how often jobs went back at all
     */
    int assertNeverOlder(String job, Path stamps) throws IOException {
      List<Step> steps = steps(stamps);
      int jumps = 0;
      for (int i = 1; i < steps.size(); i++) {
        Step before = steps.get(i - 1);
        Step now = steps.get(i);
        assertThat(now.counter()).as("%s: a step is missing", job).isLessThan(before.counter() + 2);
        if (now.counter() <= before.counter()) {
          jumps++;
          assertThat(now.counter())
              .as("%s went on at %s from something older than its checkpoint", job, now)
              .isGreaterThanOrEqualTo(floor(job, steps.subList(0, i), now.at()));
        }
      }
      return jumps;
    }

    /** The counter of the last step before the cut of the newest checkpoint known by then. */
    private int floor(String job, List<Step> before, double resumedAt) {
      double cut =
          commitsByJob.getOrDefault(job, List.of()).stream()
              .filter(commit -> commit.seenAt() < resumedAt)
              .mapToDouble(Commit::cutAt)
              .max()
              .orElse(0);
      // Not the highest: what was lost before that checkpoint does not count.
      return before.stream()
          .filter(step -> step.at() < cut)
          .reduce((_, later) -> later)
          .map(Step::counter)
          .orElse(0);
    }
  }

  private static double uptime() throws IOException {
    return Double.parseDouble(Files.readString(Path.of("/proc/uptime")).split(" ", -1)[0]);
  }
}
