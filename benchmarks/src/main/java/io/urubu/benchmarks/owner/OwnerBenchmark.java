package io.urubu.benchmarks.owner;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * Prints how long after an owner's input the processes of a job gained CPU time for the last time.
 * The job spins in several processes, some in sessions of their own, and forks all the time; each
 * process writes the monotonic clock, which is also Java's, into a shared file. Arguments: the
 * number of runs, and {@code pts} for input typed on a real terminal.
 */
public final class OwnerBenchmark {
  private static final int PLACES = 8;
  private static final long STILL_MILLIS = 1000;
  private static final long WATCH_MILLIS = 300;
  private static final long PATIENCE_SECONDS = 60;

  private final Path clock;
  private final Random random = new Random(1);

  private OwnerBenchmark(Path clock) {
    this.clock = clock;
  }

  /** See the class. */
  public static void main(String[] arguments) throws Exception {
    int runs = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 100;
    boolean isTyped = arguments.length > 1 && arguments[1].equals("pts");
    try (BenchmarkPool pool = BenchmarkPool.create()) {
      // Only standing still is measured here, not leaving.
      pool.with("MaxSuspendTime", "36000");
      if (isTyped) {
        pool.with("OWNER_SIMULATOR", "false")
            .with("StartIdleTime", "0")
            .with("ContinueIdleTime", "10");
      }
      pool.urubu("up", "--workstations", "1");
      submit(pool);
      try (Owner owner = isTyped ? new Owner.Typist() : new Owner.Simulated(pool.socket("ws1"))) {
        new OwnerBenchmark(pool.shared().resolve("clock")).measure(runs, owner);
      }
    }
  }

  private static void submit(BenchmarkPool pool) throws Exception {
    Path source = pool.work().resolve("spin.c");
    try (InputStream text = OwnerBenchmark.class.getResourceAsStream("spin.c")) {
      if (text == null) {
        throw new IOException("spin.c is not beside this class");
      }
      Files.copy(text, source);
    }
    pool.run(List.of("cc", "-O1", "-o", "spin", "spin.c"));
    Files.writeString(
        pool.work().resolve("spin.sub"),
        "executable = spin\narguments = %s\nqueue\n".formatted(pool.shared().resolve("clock")));
    pool.urubu("submit", "spin.sub");
  }

  private void measure(int runs, Owner owner) throws Exception {
    List<Long> micros = new ArrayList<>();
    for (int i = 0; i < runs; i++) {
      awaitRunning();
      TimeUnit.MILLISECONDS.sleep(random.nextInt(1000));
      long touched = owner.touch();
      TimeUnit.MILLISECONDS.sleep(STILL_MILLIS);
      long last = latest();
      TimeUnit.MILLISECONDS.sleep(WATCH_MILLIS);
      if (latest() != last) {
        throw new IllegalStateException("the job still runs " + STILL_MILLIS + " ms after input");
      }
      micros.add((last - touched) / 1000);
      owner.leave();
    }
    print(micros.stream().sorted().toList());
  }

  private void awaitRunning() throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!Files.exists(clock) || System.nanoTime() - latest() > 50_000_000L) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("the job does not run");
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  /** When any process of the job last had the processor. */
  private long latest() throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(PLACES * Long.BYTES).order(ByteOrder.nativeOrder());
    try (FileChannel file = FileChannel.open(clock, StandardOpenOption.READ)) {
      file.read(bytes);
    }
    long latest = 0;
    for (bytes.flip(); bytes.remaining() >= Long.BYTES; ) {
      latest = Math.max(latest, bytes.getLong());
    }
    return latest;
  }

  private static void print(List<Long> micros) {
    System.out.printf("input -> nothing of the job gains CPU time, %d runs, ms%n", micros.size());
    for (int percent : new int[] {0, 10, 25, 50, 75, 90, 99, 100}) {
      int index = (int) Math.round(percent / 100.0 * (micros.size() - 1));
      System.out.printf("%4d %%  %8.1f%n", percent, micros.get(index) / 1000.0);
    }
  }
}
