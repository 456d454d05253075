package io.urubu.starter.scratch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("module")
class ScratchArchiveTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  @TempDir Path base;
  private RunFolders from;
  private RunFolders to;
  private Path archive;

  @BeforeEach
  void lay() throws Exception {
    from = RunFolders.create(base, "1.0.1");
    to = RunFolders.create(base, "1.0.2");
    archive = from.makeGeneration(1).resolve(ScratchArchive.NAME);
  }

  private void move() throws Exception {
    new ScratchArchive(from).saveAll(archive, LIMIT);
    new ScratchArchive(to).unpack(archive, LIMIT);
  }

  @Test
  void everythingComesBackAsItWasAndNothingElseStays() throws Exception {
    Path file = Files.writeString(from.scratch().resolve("file"), "text");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("--x--x---"));
    Files.setLastModifiedTime(
        file, FileTime.from(Instant.ofEpochSecond(1_700_000_000, 123_456_789)));
    Files.createLink(from.scratch().resolve("hard"), file);
    Files.createSymbolicLink(from.scratch().resolve("soft"), Path.of("/etc/passwd"));
    Path locked = Files.createDirectory(from.scratch().resolve("locked"));
    Files.writeString(locked.resolve("inner"), "inner");
    Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("---------"));
    Files.writeString(from.temporary().resolve("t"), "t");
    Files.writeString(from.variable().resolve("v"), "v");
    Files.writeString(from.scratch().resolve("-n\n '$x"), "odd");
    Files.writeString(to.scratch().resolve("removed-by-the-job"), "an input");

    move();

    Path back = to.scratch().resolve("file");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(back)))
        .isEqualTo("--x--x---");
    assertThat(Files.getLastModifiedTime(back).toInstant())
        .isEqualTo(Instant.ofEpochSecond(1_700_000_000, 123_456_789));
    assertThat(Files.getAttribute(back, "unix:ino"))
        .isEqualTo(Files.getAttribute(to.scratch().resolve("hard"), "unix:ino"));
    assertThat(Files.readSymbolicLink(to.scratch().resolve("soft"))).hasToString("/etc/passwd");
    assertThat(to.scratch().resolve("-n\n '$x")).hasContent("odd");
    assertThat(to.temporary().resolve("t")).hasContent("t");
    assertThat(to.variable().resolve("v")).hasContent("v");
    assertThat(to.scratch().resolve("removed-by-the-job")).doesNotExist();
    Path again = to.scratch().resolve("locked");
    assertThat(Files.getPosixFilePermissions(again)).isEmpty();
    Files.setPosixFilePermissions(again, PosixFilePermissions.fromString("rwx------"));
    assertThat(again.resolve("inner")).hasContent("inner");
  }

  @Test
  void holesStayHolesAndSocketsAreLeftOut() throws Exception {
    try (RandomAccessFile sparse =
        new RandomAccessFile(from.scratch().resolve("sparse").toFile(), "rw")) {
      sparse.seek(1L << 32);
      sparse.write(1);
    }
    try (var server =
        java.nio.channels.ServerSocketChannel.open(java.net.StandardProtocolFamily.UNIX)) {
      server.bind(java.net.UnixDomainSocketAddress.of(from.scratch().resolve("socket")));

      move();
    }

    assertThat(Files.size(archive)).isLessThan(1 << 20);
    assertThat(Files.size(to.scratch().resolve("sparse"))).isEqualTo((1L << 32) + 1);
    assertThat(Files.exists(to.scratch().resolve("socket"), LinkOption.NOFOLLOW_LINKS)).isFalse();
    assertThat(new ScratchArchive(to).size(LIMIT)).isLessThan(1 << 20);
  }

  @Test
  void aListOfFilesIsLaidOverWhatIsThere() throws Exception {
    Files.writeString(from.scratch().resolve("state"), "state");
    Files.writeString(from.scratch().resolve("other"), "other");
    Files.createDirectories(from.scratch().resolve("folder"));
    Files.writeString(from.scratch().resolve("folder/x"), "x");
    Files.writeString(to.scratch().resolve("input"), "input");

    new ScratchArchive(from)
        .save(
            archive,
            List.of(ScratchName.of("state"), ScratchName.of("folder"), ScratchName.of("none")),
            LIMIT);
    new ScratchArchive(to).unpack(archive, LIMIT);

    assertThat(to.scratch().toFile().list()).containsExactlyInAnyOrder("state", "folder", "input");
    assertThat(to.scratch().resolve("folder/x")).hasContent("x");
  }

  @Test
  void anArchiveOfNothingIsLaidDownAndATornOneIsNot() throws Exception {
    new ScratchArchive(from).save(archive, List.of(), LIMIT);
    new ScratchArchive(to).unpack(archive, LIMIT);

    Files.write(from.scratch().resolve("large"), new byte[1 << 20]);
    new ScratchArchive(from).saveAll(archive, LIMIT);
    try (RandomAccessFile torn = new RandomAccessFile(archive.toFile(), "rw")) {
      torn.setLength(torn.length() / 2);
    }
    assertThatThrownBy(() -> new ScratchArchive(to).unpack(archive, LIMIT))
        .isInstanceOf(IOException.class);
  }
}
