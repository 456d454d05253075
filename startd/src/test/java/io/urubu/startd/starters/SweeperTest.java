package io.urubu.startd.starters;

import static org.assertj.core.api.Assertions.assertThat;

import io.urubu.startd.processes.ProcessTable;
import io.urubu.startd.processes.Tool;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("module")
class SweeperTest {
  private static final int UID = 70910;

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Sweeper sweeper =
      new Sweeper(new ProcessTable(), new Tool(threads), System::nanoTime);
  private Path root;
  private Path folder;
  private Path precious;

  @BeforeEach
  void prepare() throws Exception {
    root = Files.createTempDirectory(Path.of("/tmp"), "urubu-sweeper-");
    Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx--x--x"));
    folder = Files.createDirectory(root.resolve("s1"));
    precious = Files.createDirectory(root.resolve("precious"));
    Files.writeString(precious.resolve("file"), "the owner's");
  }

  @AfterEach
  void clear() throws Exception {
    threads.close();
    new ProcessBuilder("rm", "-rf", root.toString()).start().waitFor(10, TimeUnit.SECONDS);
  }

  private void fill() throws Exception {
    Path closed = Files.createDirectories(folder.resolve("scratch/closed"));
    Files.writeString(closed.resolve("file"), "x");
    Files.createSymbolicLink(folder.resolve("scratch/link"), precious);
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
  }

  private static void own(Path path, int uid) throws Exception {
    new ProcessBuilder("chown", "-hR", uid + ":" + uid, path.toString())
        .start()
        .waitFor(10, TimeUnit.SECONDS);
  }

  private Process marked(List<String> command) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(command);
    String[] mark = Lending.mark(folder).split("=", 2);
    builder.environment().put(mark[0], mark[1]);
    return builder.start();
  }

  @Test
  void killsWhatTheStarterStartedAndFollowsNoLink() throws Exception {
    fill();
    Process orphan = marked(List.of("setsid", "sleep", "300"));
    Process other = new ProcessBuilder("sleep", "300").start();
    try {
      sweeper.sweep(folder, OptionalInt.empty());

      assertThat(orphan.waitFor(5, TimeUnit.SECONDS)).isTrue();
      assertThat(other.isAlive()).isTrue();
      assertThat(Files.exists(folder, LinkOption.NOFOLLOW_LINKS)).isFalse();
      assertThat(precious.resolve("file")).exists();
    } finally {
      other.destroyForcibly();
    }
  }

  @Test
  void endsEverythingOfALentAccountAlsoWhatForksWithoutEnd() throws Exception {
    Assumptions.assumeTrue(Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0));
    fill();
    own(folder, UID);
    Process forking =
        new ProcessBuilder(
                Lending.as(UID, List.of("sh", "-c", "while :; do sleep 30 & sleep 0.01; done")))
            .start();

    sweeper.sweep(folder, OptionalInt.of(UID));

    assertThat(forking.waitFor(5, TimeUnit.SECONDS)).isTrue();
    assertThat(new ProcessTable().ofAccount(UID)).isEmpty();
    assertThat(folder).doesNotExist();
    assertThat(precious.resolve("file")).exists();
  }

  @Test
  void aFolderThatIsALinkIsRemovedNotFollowed() throws Exception {
    Files.delete(folder);
    Files.createSymbolicLink(folder, precious);

    sweeper.sweep(folder, OptionalInt.empty());

    assertThat(Files.exists(folder, LinkOption.NOFOLLOW_LINKS)).isFalse();
    assertThat(precious.resolve("file")).exists();
  }
}
