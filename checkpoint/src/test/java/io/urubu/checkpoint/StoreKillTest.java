package io.urubu.checkpoint;

import static io.urubu.checkpoint.StoreFixture.JOB;
import static io.urubu.checkpoint.StoreFixture.content;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that takes checkpoint after checkpoint, killed at any moment. */
@Tag("module")
class StoreKillTest {
  private static final int KILLS = 8;

  @TempDir Path home;

  /** The process: says each generation when it is prepared, and keeps two. */
  public static void main(String[] args) throws Exception {
    CheckpointStore store = CheckpointStore.open(Path.of(args[0]));
    int before = 0;
    for (int i = 1; ; i++) {
      StoreFixture.store(store, i, content(i));
      Prepared prepared = store.prepare(JOB, i, StoreFixture.CUT, StoreFixture.list(content(i)), 0);
      System.out.println(prepared.number() + " " + i + " " + prepared.recipeSha256());
      store.keep(JOB, List.of(prepared.number(), before));
      before = prepared.number();
    }
  }

  /** What was said up to the last whole line. */
  private static List<String> whole(Path said) throws IOException {
    String text = Files.readString(said);
    return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
  }

  private static Process launch(Path root, Path said) throws Exception {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            StoreKillTest.class.getName(),
            root.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .redirectOutput(said.toFile())
        .start();
  }

  @Test
  void newestThatWasPromisedIsAlwaysWhole() throws Exception {
    long seed = Long.getLong("SEED", System.nanoTime());
    Random random = new Random(seed);
    Path root = home.resolve("checkpoints");
    int highest = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      Path said = home.resolve("said-" + kill);
      Process process = launch(root, said);
      while (process.isAlive() && whole(said).isEmpty()) {
        TimeUnit.MILLISECONDS.sleep(1);
      }
      TimeUnit.MICROSECONDS.sleep(random.nextInt(200_000));
      process.destroyForcibly();
      process.waitFor();

      String[] fields = whole(said).getLast().split(" ", -1);
      int number = Integer.parseInt(fields[0]);
      assertThat(number).as("seed %d", seed).isGreaterThan(highest);
      CheckpointStore store = CheckpointStore.open(root);
      highest = store.generations(JOB).stream().mapToInt(n -> n).max().orElseThrow();
      assertWhole(store, number, Integer.parseInt(fields[1]), fields[2], seed);
      assertThat(store.generations(JOB)).as("seed %d", seed).hasSizeBetween(1, 4);
      try (Stream<Path> left = Files.list(root.resolve("schedd@host/41.3"))) {
        assertThat(left.map(path -> path.getFileName().toString()))
            .as("seed %d", seed)
            .noneMatch(name -> name.startsWith("t"));
      }
    }
  }

  /** It may have been deleted only after two newer ones were prepared, of which nobody heard. */
  private static void assertWhole(
      CheckpointStore store, int number, int taken, String recipe, long seed) throws Exception {
    if (!store.generations(JOB).contains(number)) {
      assertThat(store.generations(JOB)).as("seed %d", seed).contains(number + 1);
      return;
    }
    StoredGeneration generation = store.open(JOB, number, recipe);
    StoreFixture.read(generation)
        .forEach(
            (name, read) ->
                assertThat(read).as("seed %d", seed).isEqualTo(content(taken).get(name)));
  }
}
