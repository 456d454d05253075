package io.urubu.starter.scratch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("module")
class CollectorTest {
  private static final int ROUNDS = 3_000;

  @TempDir Path base;
  private RunFolders folders;
  private Path scratch;
  private Path secret;

  @BeforeEach
  void create() throws Exception {
    folders = RunFolders.create(base, "1.0.1");
    scratch = folders.scratch();
    secret = Files.writeString(base.resolve("secret"), "the owner's");
  }

  @Test
  void newAndChangedFilesAreFoundAndOthersAreNot() throws Exception {
    Files.writeString(scratch.resolve("same"), "1");
    Files.writeString(scratch.resolve("changed"), "1");
    TopFiles before = folders.top();
    Files.writeString(scratch.resolve("changed"), "22");
    Files.writeString(scratch.resolve(FileName.toPath("new\nä")), "1");
    Files.writeString(scratch.resolve("own"), "1");
    Files.createDirectory(scratch.resolve("folder"));
    Files.createSymbolicLink(scratch.resolve("link"), secret);

    try (Collector collector = Collector.of(folders)) {
      Collection found = collector.changed(before, Set.of("own"));

      assertThat(found.outputs().stream().map(output -> output.name().toString()))
          .containsExactlyInAnyOrder("changed", "new\nä");
      assertThat(found.skipped()).containsExactly("'link' is no regular file");
    }
  }

  @Test
  void noLinkOnTheWayIsFollowed() throws Exception {
    Files.createSymbolicLink(scratch.resolve("out"), base);
    Files.createSymbolicLink(scratch.resolve("file"), secret);

    try (Collector collector = Collector.of(folders)) {
      Collection found =
          collector.named(
              List.of(
                  ScratchName.of("out/secret"),
                  ScratchName.of("out"),
                  ScratchName.of("file"),
                  ScratchName.of("none")));

      assertThat(found.outputs()).isEmpty();
      assertThat(found.missing()).hasSize(4);
    }
  }

  @Test
  void aRacingJobNeverMakesItReadAnotherFile() throws Exception {
    Files.createDirectory(scratch.resolve("d"));
    Files.writeString(scratch.resolve("d/f"), "mine");
    AtomicBoolean goesOn = new AtomicBoolean(true);
    Thread job = Thread.ofPlatform().start(() -> swap(goesOn));
    int opened = 0;
    try {
      for (int round = 0; round < ROUNDS; round++) {
        opened += lookOnce();
      }
    } finally {
      goesOn.set(false);
      job.join();
    }
    assertThat(opened).as("rounds that got the job's own file").isPositive();
  }

  private int lookOnce() throws IOException {
    try (Collector collector = Collector.of(folders)) {
      int opened = 0;
      for (Output output : collector.named(List.of(ScratchName.of("d/f"))).outputs()) {
        try (SeekableByteChannel channel = collector.open(output)) {
          ByteBuffer content = ByteBuffer.allocate(100);
          channel.read(content);
          String text = new String(content.array(), 0, content.position(), StandardCharsets.UTF_8);
          assertThat(text).isEqualTo("mine");
          opened++;
        }
      }
      return opened;
    } catch (IOException _) {
      return 0;
    }
  }

  /** Puts a link in the place of the file, and of its folder, again and again. */
  private void swap(AtomicBoolean goesOn) {
    try {
      Files.createDirectories(base.resolve("trap"));
      Files.writeString(base.resolve("trap/f"), "the owner's");
      while (goesOn.get()) {
        Path file = scratch.resolve("d/f");
        Files.createSymbolicLink(scratch.resolve("l"), secret);
        Files.move(scratch.resolve("l"), file, StandardCopyOption.ATOMIC_MOVE);
        Files.delete(file);
        Files.writeString(scratch.resolve("n"), "mine");
        Files.move(scratch.resolve("n"), file, StandardCopyOption.ATOMIC_MOVE);
        Files.move(scratch.resolve("d"), scratch.resolve("away"), StandardCopyOption.ATOMIC_MOVE);
        Files.createSymbolicLink(scratch.resolve("d"), base.resolve("trap"));
        Files.delete(scratch.resolve("d"));
        Files.move(scratch.resolve("away"), scratch.resolve("d"), StandardCopyOption.ATOMIC_MOVE);
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void aFileThatWasReplacedAfterItWasFoundIsNotOpened() throws Exception {
    Path file = Files.writeString(scratch.resolve("f"), "1");
    try (Collector collector = Collector.of(folders)) {
      Output output = collector.named(List.of(ScratchName.of("f"))).outputs().getFirst();
      Path other = Files.writeString(scratch.resolve("g"), "2");
      Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);

      assertThatThrownBy(() -> collector.open(output)).hasMessageContaining("replaced");
    }
  }

  @Test
  void foldersThatNobodyMayEnterAreRemovedAllTheSame() throws Exception {
    Path deep = Files.createDirectories(scratch.resolve("a/b/c"));
    Files.writeString(deep.resolve("f"), "x");
    Files.createSymbolicLink(deep.resolve("l"), base.resolve("secret"));
    Files.setPosixFilePermissions(scratch.resolve("a"), Set.of());

    folders.remove();

    assertThat(folders.folder()).doesNotExist();
    assertThat(secret).exists();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/etc/passwd", "../x", "a/../../x", "", "a//b", ".", "a/./b", "a/"})
  void aPathThatLeavesTheFolderIsNoName(String path) {
    assertThatThrownBy(() -> ScratchName.of(path)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "ä ö", "a%2fb", "new\nline", "-rf *", "100%", "\ud83e\udd85"})
  void namesKeepTheirBytes(String name) {
    assertThat(FileName.toText(FileName.toPath(name))).contains(name);
  }
}
