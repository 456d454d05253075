package io.urubu.checkpoint;

import static io.urubu.checkpoint.StoreFixture.JOB;
import static io.urubu.checkpoint.StoreFixture.content;
import static io.urubu.checkpoint.StoreFixture.list;
import static io.urubu.checkpoint.StoreFixture.take;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The store ends, or its disk fails, before each single change that it makes. */
@Tag("unit")
class StoreCrashTest {
  @TempDir Path home;

  /** Nobody catches it, so nothing is tidied up: as after kill -9. */
  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  private interface Life {
    void live(CheckpointStore store) throws Exception;
  }

  /** The hash by which each generation that the store promised is known. */
  private final Map<Integer, String> promised = new TreeMap<>();

  private final List<Integer> given = new ArrayList<>();

  private void promise(Prepared prepared) {
    promised.put(prepared.number(), prepared.recipeSha256());
    given.add(prepared.number());
  }

  private void storyOfAJob(CheckpointStore store) throws Exception {
    promise(take(store, 1, 1));
    promise(take(store, 2, 2));
    promised.remove(1);
    store.keep(JOB, List.of(2));
    promise(take(store, 3, 3));
    promised.remove(3);
    store.discard(JOB, 3);
    promise(take(store, 4, 4));
  }

  private static int steps(Path root, Life life) throws Exception {
    AtomicInteger steps = new AtomicInteger();
    life.live(CheckpointStore.open(root, (_, _) -> steps.incrementAndGet()));
    return steps.get();
  }

  @Test
  void killedBeforeAnyStepItHasWholeGenerationsOnly() throws Exception {
    int steps = steps(home.resolve("rehearsal"), this::storyOfAJob);
    assertThat(steps).isGreaterThan(80);
    for (int last = 0; last < steps; last++) {
      Path root = home.resolve("killed-" + last);
      promised.clear();
      given.clear();
      assertKilled(root, last);
      checkAfterCrash(root, last);
    }
  }

  private void assertKilled(Path root, int last) {
    AtomicInteger left = new AtomicInteger(last);
    assertThatThrownBy(
            () ->
                storyOfAJob(
                    CheckpointStore.open(
                        root,
                        (_, _) -> {
                          if (left.getAndDecrement() == 0) {
                            throw new Killed();
                          }
                        })))
        .isInstanceOf(Killed.class);
  }

  private void checkAfterCrash(Path root, int last) throws Exception {
    CheckpointStore store = CheckpointStore.open(root);
    for (Map.Entry<Integer, String> each : promised.entrySet()) {
      StoredGeneration generation = store.open(JOB, each.getKey(), each.getValue());
      int seed = generation.recipe().generation();
      StoreFixture.read(generation)
          .forEach((name, read) -> assertThat(read).isEqualTo(content(seed).get(name)));
    }
    Path job = root.resolve("schedd@host/41.3");
    for (int number : store.generations(JOB)) {
      // One that was never promised is either whole, or was to be deleted.
      Path folder = job.resolve("g" + number);
      if (!given.contains(number)) {
        assertThat(store.open(JOB, number, Hashes.of(Files.readAllBytes(folder.resolve("recipe")))))
            .as("step %d", last)
            .isNotNull();
      }
    }
    if (Files.exists(job)) {
      try (Stream<Path> entries = Files.list(job)) {
        assertThat(entries.map(path -> path.getFileName().toString()))
            .as("step %d", last)
            .noneMatch(name -> name.startsWith("t"));
      }
    }
    int next = take(store, 9, 9).number();
    assertThat(given).as("step %d", last).doesNotContain(next);
    store.keep(JOB, List.of(next));
    assertThat(store.generations(JOB)).containsExactly(next);
  }

  @Test
  void diskThatFailsAtAnyStepLeavesTheOlderGenerationsAndNoHalfOne() throws Exception {
    int steps = steps(home.resolve("rehearsal"), store -> take(store, 1, 1));
    for (int last = 0; last < steps; last++) {
      Path root = home.resolve("failed-" + last);
      Prepared older = take(CheckpointStore.open(root), 1, 1);
      AtomicInteger left = new AtomicInteger(last);
      String message = failure(root, left);
      assertThat(message).contains(root.toString(), "No space left on device", "free some space");
      CheckpointStore after = CheckpointStore.open(root);
      assertThat(after.generations(JOB)).as("step %d", last).containsExactly(1);
      after.open(JOB, 1, older.recipeSha256());
    }
  }

  /** The disk fails from that step on, and takes deletions only. */
  private static String failure(Path root, AtomicInteger left) {
    try {
      CheckpointStore store =
          CheckpointStore.open(
              root,
              (change, _) -> {
                if (left.getAndDecrement() <= 0 && !change.equals("delete")) {
                  throw new IOException("No space left on device");
                }
              });
      take(store, 2, 2);
    } catch (StoreException e) {
      return e.reason();
    } catch (UnfitException e) {
      throw new AssertionError(e);
    }
    throw new AssertionError("it did not fail");
  }

  @Test
  void nothingIsNamedBeforeItIsDurable() throws Exception {
    List<String> steps = new ArrayList<>();
    CheckpointStore store =
        CheckpointStore.open(
            home.resolve("checkpoints"),
            (change, at) -> steps.add(change + " " + at.getFileName()));
    StoreFixture.store(store, 1, content(1));
    assertThat(steps.stream().filter(step -> step.startsWith("force part-"))).hasSize(3 + 1);
    steps.clear();

    store.prepare(JOB, 1, StoreFixture.CUT, list(content(1)), 0);

    assertThat(steps)
        .containsExactly(
            "move file-0",
            "move file-1",
            "move file-2",
            "create recipe",
            "write recipe",
            "force recipe",
            "force folder t2.1",
            "move g1",
            "force folder 41.3");
  }
}
