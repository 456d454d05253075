package io.urubu.checkpoint;

import static io.urubu.checkpoint.StoreFixture.CUT;
import static io.urubu.checkpoint.StoreFixture.JOB;
import static io.urubu.checkpoint.StoreFixture.bytes;
import static io.urubu.checkpoint.StoreFixture.content;
import static io.urubu.checkpoint.StoreFixture.list;
import static io.urubu.checkpoint.StoreFixture.take;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("unit")
class CheckpointStoreTest {
  @TempDir Path home;
  private Path root;
  private CheckpointStore store;

  @BeforeEach
  void open() throws StoreException {
    root = home.resolve("checkpoints");
    store = CheckpointStore.open(root);
  }

  private Path folder() {
    return root.resolve("schedd@host/41.3");
  }

  private List<String> entries() throws IOException {
    try (Stream<Path> entries = Files.list(folder())) {
      return entries.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  private static void assertSame(Map<String, byte[]> read, Map<String, byte[]> expected) {
    assertThat(read.keySet()).isEqualTo(expected.keySet());
    expected.forEach((name, content) -> assertThat(read.get(name)).as(name).isEqualTo(content));
  }

  @Test
  void whatWasStoredIsReadBack() throws Exception {
    Prepared prepared = take(store, 1, 7);

    assertThat(prepared.number()).isEqualTo(1);
    assertThat(prepared.bytes())
        .isEqualTo(list(content(7)).stream().mapToLong(f -> f.size()).sum());
    StoredGeneration generation = CheckpointStore.open(root).open(JOB, 1, prepared.recipeSha256());
    assertThat(generation.recipe()).isEqualTo(new Recipe(JOB, 1, CUT, list(content(7))));
    assertSame(StoreFixture.read(generation), content(7));
    try (PartReader reader = generation.read(2, 8)) {
      assertThat(reader.next()).isEqualTo(bytes("of 7"));
      assertThat(reader.next()).isEmpty();
    }
    assertThat(store.usage().generations()).isEqualTo(1);
    assertThat(store.usage().bytes()).isGreaterThan(prepared.bytes());
  }

  @Test
  void numbersGrowAndAreNeverGivenTwice() throws Exception {
    take(store, 1, 1);
    take(store, 2, 2);
    take(store, 3, 3);

    store.keep(JOB, List.of(3, 2));

    assertThat(entries()).containsExactly("g2", "g3");
    store.discard(JOB, 3);
    store = CheckpointStore.open(root);
    assertThat(take(store, 4, 4).number()).isEqualTo(4);
    store.keep(JOB, List.of(2));
    assertThat(entries()).containsExactly("g2", "last-4");
    store.keep(JOB, List.of());
    assertThat(take(CheckpointStore.open(root), 5, 5).number()).isEqualTo(5);
    StoreFixture.store(store, 6, content(6));
    assertThat(store.prepare(JOB, 6, CUT, list(content(6)), 90).number()).isEqualTo(91);
  }

  @Test
  void everyDamageIsToldExactly() throws Exception {
    Prepared prepared = take(store, 1, 7);
    Path recipe = folder().resolve("g1/recipe");
    byte[] text = Files.readAllBytes(recipe);
    for (int bit = 0; bit < text.length * 8; bit += 13) {
      byte[] flipped = text.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      Files.write(recipe, flipped);
      assertDamaged(prepared, "the queue recorded " + prepared.recipeSha256());
    }
    Files.write(recipe, text);
    store.open(JOB, 1, prepared.recipeSha256());

    Path image = folder().resolve("g1/file-0");
    byte[] content = Files.readAllBytes(image);
    Files.write(image, java.util.Arrays.copyOf(content, 100));
    assertDamaged(prepared, "has 100 bytes, its recipe says " + content.length);
    Files.delete(image);
    assertDamaged(prepared, "file 'ckpt_a%20job%20%c3%bc%25.dmtcp' is missing");
    Files.createSymbolicLink(image, Files.write(home.resolve("elsewhere"), content));
    assertDamaged(prepared, "its recipe says");
    Files.delete(recipe);
    assertDamaged(prepared, "the recipe is missing");
    store.discard(JOB, 1);
    assertDamaged(prepared, "g1: is missing");
  }

  private void assertDamaged(Prepared prepared, String reason) {
    assertThatThrownBy(() -> store.open(JOB, prepared.number(), prepared.recipeSha256()))
        .isInstanceOfSatisfying(
            DamagedException.class, e -> assertThat(e.reason()).contains(reason));
  }

  @Test
  void flippedBitInAFileShowsInItsHash() throws Exception {
    Prepared prepared = take(store, 1, 7);
    Path image = folder().resolve("g1/file-0");
    byte[] content = Files.readAllBytes(image);
    content[4000] ^= 4;
    Files.write(image, content);

    StoredGeneration generation = store.open(JOB, 1, prepared.recipeSha256());

    byte[] read = StoreFixture.read(generation).getOrDefault("ckpt_a job ü%.dmtcp", new byte[0]);
    assertThat(Hashes.of(read)).isNotEqualTo(generation.recipe().files().get(0).sha256());
  }

  @Test
  void fileThatGetsShorterWhileItIsReadIsDamaged() throws Exception {
    Prepared prepared = take(store, 1, 7);
    StoredGeneration generation = store.open(JOB, 1, prepared.recipeSha256());
    Files.write(folder().resolve("g1/file-0"), new byte[5]);

    try (PartReader reader = generation.read(0, 0)) {
      assertThatThrownBy(reader::next)
          .isInstanceOf(DamagedException.class)
          .hasMessageContaining("has 5 bytes");
    }
  }

  @Test
  void recipeOfANewerVersionIsNoDamage() throws Exception {
    take(store, 1, 7);
    Path recipe = folder().resolve("g1/recipe");
    byte[] newer = bytes(Files.readString(recipe).replace("recipe 1\n", "recipe 2\n"));
    Files.write(recipe, newer);

    assertThatThrownBy(() -> store.open(JOB, 1, Hashes.of(newer)))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("is of version 2, this shadow reads version 1");
  }

  @Test
  void recipeThatNoShadowWroteIsDamaged() throws Exception {
    take(store, 1, 7);
    Path recipe = folder().resolve("g1/recipe");
    String text = Files.readString(recipe);
    for (String wrong :
        List.of(
            "",
            "something else",
            text.substring(0, text.length() - 4),
            text.replace("files 3", "files 4"),
            text.replace("files 3", "files 2"),
            text.replace("files 3", "files 99999999999"),
            text.replace("files 3", "files 5000"),
            text.replace("platform x86", "platform %zz"),
            text.replace("job 41 3", "job 41"),
            text.replace("run 2", "run two"))) {
      Files.writeString(recipe, wrong);
      assertThatThrownBy(() -> store.open(JOB, 1, Hashes.of(bytes(wrong))))
          .as(wrong)
          .isInstanceOf(DamagedException.class);
    }
  }

  @Test
  void whatDoesNotAgreeWithTheListIsNoGeneration() throws Exception {
    take(store, 1, 1);
    List<List<StoredFile>> lists = new ArrayList<>();
    List<StoredFile> honest = list(content(2));
    lists.add(List.of());
    lists.add(list(content(3)));
    lists.add(Stream.concat(honest.stream(), honest.stream()).toList());
    lists.add(
        Stream.concat(honest.stream(), Stream.of(new StoredFile("more", 0, honest.get(0).sha256())))
            .toList());
    lists.add(List.of(new StoredFile("scratch.tar", 1, honest.get(2).sha256())));

    for (List<StoredFile> said : lists) {
      StoreFixture.store(store, 2, content(2));
      assertThatThrownBy(() -> store.prepare(JOB, 2, CUT, said, 0))
          .isInstanceOf(UnfitException.class);
      assertThat(entries()).containsExactly("g1");
    }
    assertThatThrownBy(() -> store.prepare(JOB, 2, CUT, honest, 0))
        .isInstanceOf(UnfitException.class)
        .hasMessageContaining("checkpoint 2 of run 2 of job 41.3: no file of it was stored here");
  }

  @Test
  void filesThatTheListDoesNotNameAreLeftOut() throws Exception {
    StoreFixture.store(store, 1, content(1));
    StoreFixture.store(store, 1, "stray", bytes("stray"));
    store.begin(JOB, CUT.run(), 1, "never finished").write(ByteBuffer.wrap(bytes("half")));

    Prepared prepared = store.prepare(JOB, 1, CUT, list(content(1)), 0);

    assertSame(StoreFixture.read(store.open(JOB, 1, prepared.recipeSha256())), content(1));
    try (Stream<Path> files = Files.list(folder().resolve("g1"))) {
      assertThat(files).hasSize(4);
    }
  }

  @Test
  void laterUploadOfAFileReplacesTheEarlier() throws Exception {
    StoreFixture.store(store, 1, content(9));
    Prepared prepared = take(store, 1, 1);

    assertSame(StoreFixture.read(store.open(JOB, 1, prepared.recipeSha256())), content(1));
  }

  @Test
  void fileThatIsNotWhatWasSaidIsNotKept() throws Exception {
    StagedFile file = store.begin(JOB, 2, 1, "scratch.tar");
    file.write(ByteBuffer.wrap(bytes("content")));

    assertThatThrownBy(() -> file.finish(7, Hashes.of(bytes("other"))))
        .isInstanceOf(UnfitException.class);

    try (Stream<Path> files = Files.list(folder().resolve("t2.1"))) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void namesThatLeadElsewhereAreRefused() {
    for (String name :
        List.of("", ".", "..", "a/b", "/etc/passwd", "a\nb", "\0", "x".repeat(256))) {
      assertThatThrownBy(() -> store.begin(JOB, 2, 1, name)).isInstanceOf(UnfitException.class);
    }
  }

  @Test
  void nothingMoreThanTheBoundsIsTaken() throws Exception {
    List<StagedFile> open = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      open.add(store.begin(JOB, 2, 1, "f" + i));
    }
    assertThatThrownBy(() -> store.begin(JOB, 2, 1, "one more")).isInstanceOf(UnfitException.class);
    open.forEach(StagedFile::abort);
    for (int i = 0; i < Recipe.MAX_FILES; i++) {
      StagedFile file = store.begin(JOB, 2, 1, "f" + i);
      file.abort();
    }
    store.begin(JOB, 2, 2, "a");
    store.begin(JOB, 2, 3, "a");
    assertThat(entries()).containsExactly("t2.2", "t2.3");
    store.begin(JOB, 3, 1, "a");
    store.drop(JOB, 2);
    assertThat(entries()).containsExactly("t3.1");
    store.remove(JOB);
    assertThat(folder()).doesNotExist();
  }

  @Test
  void jobsOfSchedds_withStrangeNamesStayApart() throws Exception {
    List<JobName> jobs =
        List.of(
            new JobName("a/b", 1, 0),
            new JobName("a%2fb", 1, 0),
            new JobName("..", 1, 0),
            new JobName("x".repeat(500), 1, 0),
            new JobName("x".repeat(501), 1, 0));
    for (JobName job : jobs) {
      StagedFile file = store.begin(job, 1, 1, "f");
      file.finish(0, Hashes.of(new byte[0]));
      StoredFile only = new StoredFile("f", 0, Hashes.of(new byte[0]));
      assertThat(store.prepare(job, 1, CUT_OF_FIRST, List.of(only), 0).number()).isEqualTo(1);
    }
    try (Stream<Path> schedds = Files.list(root)) {
      assertThat(schedds).hasSize(jobs.size());
    }
    assertThat(store.usage().generations()).isEqualTo(jobs.size());
  }

  private static final Cut CUT_OF_FIRST = new Cut(1, "self", "", 0);

  @Test
  void nobodyElseMayLookIn() throws Exception {
    take(store, 1, 1);
    try (Stream<Path> all = Files.walk(root)) {
      for (Path path : all.toList()) {
        assertThat(Files.getPosixFilePermissions(path))
            .as(path.toString())
            .allMatch(permission -> permission.name().startsWith("OWNER"));
      }
    }
  }
}
