package io.urubu.starter.imagefolder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The folders on a real mount. */
@Tag("module")
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ImageFoldersTest {
  private static final String IMAGE = "ckpt_job_1-40000-5.dmtcp";

  @TempDir Path temporary;

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private TestMount mount;
  private ImageFolders folders;
  private Path root;
  private Path generation;

  @BeforeEach
  void serve() throws Exception {
    root = Files.createDirectory(temporary.resolve("images"));
    generation = Files.createDirectories(temporary.resolve("generations/1"));
    mount = TestMount.make(root);
    folders = ImageFolders.serve(root, mount.descriptor);
  }

  @AfterEach
  void end() throws Exception {
    threads.shutdownNow();
    if (folders != null) {
      folders.close();
      mount.close();
    }
  }

  private ImageFolder armed(Runnable atCut) throws IOException {
    ImageFolder folder = folders.add("41.3.1");
    folder.arm(generation, generation.toString(), atCut);
    return folder;
  }

  @Test
  void imagesGoThroughLinksAndGetTheirFinalNameThere() throws Exception {
    ImageFolder folder = armed(() -> {});

    Path unfinished = folder.folder().resolve(IMAGE + ".temp");
    Files.writeString(unfinished, "memory");
    Files.move(unfinished, folder.folder().resolve(IMAGE), StandardCopyOption.ATOMIC_MOVE);

    assertThat(generation.resolve(IMAGE)).hasContent("memory");
    assertThat(generation.resolve(IMAGE + ".temp")).doesNotExist();
    assertThat(folder.folder().resolve(IMAGE)).hasContent("memory").isSymbolicLink();
    assertThat(folder.disarm()).isTrue();
  }

  @Test
  void theFirstLookupWaitsForTheCutAndNothingElseDoes() throws Exception {
    CountDownLatch reached = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    ImageFolder folder = armed(() -> awaitBoth(reached, goOn));
    ImageFolder other = folders.add("41.4.1");

    List<Future<Path>> writers = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      Path image = folder.folder().resolve("ckpt_p" + i + ".dmtcp.temp");
      writers.add(threads.submit(() -> Files.writeString(image, "x")));
    }
    assertThat(reached.await(10, TimeUnit.SECONDS)).isTrue();

    assertThatThrownBy(() -> writers.getFirst().get(300, TimeUnit.MILLISECONDS))
        .isInstanceOf(TimeoutException.class);
    assertThat(Files.isDirectory(folder.folder())).isTrue();
    Files.writeString(other.folder().resolve(IMAGE), "to nowhere");
    assertThat(generation).isEmptyDirectory();
    goOn.countDown();
    for (Future<Path> writer : writers) {
      writer.get(10, TimeUnit.SECONDS);
    }
    assertThat(generation.toFile().list()).hasSize(20);
    assertThat(folder.disarm()).isTrue();
  }

  private static void awaitBoth(CountDownLatch reached, CountDownLatch goOn) {
    reached.countDown();
    try {
      goOn.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aCutThatFailsLetsTheJobGoOnAndIsNotGood() throws Exception {
    ImageFolder folder =
        armed(
            () -> {
              throw new IllegalStateException("the disk is full");
            });

    Files.writeString(folder.folder().resolve(IMAGE + ".temp"), "memory");

    assertThat(generation.resolve(IMAGE + ".temp")).exists();
    assertThat(folder.disarm()).isFalse();
  }

  @Test
  void disarmingBeforeTheCutLetsWaitersGoOnToNowhere() throws Exception {
    CountDownLatch reached = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    ImageFolder folder = armed(() -> awaitBoth(reached, goOn));
    Path unfinished = folder.folder().resolve(IMAGE + ".temp");
    Future<Path> writer = threads.submit(() -> Files.writeString(unfinished, "memory"));
    assertThat(reached.await(10, TimeUnit.SECONDS)).isTrue();

    boolean wasReached = folder.disarm();

    assertThat(wasReached).isFalse();
    writer.get(10, TimeUnit.SECONDS);
    Files.move(unfinished, folder.folder().resolve(IMAGE), StandardCopyOption.ATOMIC_MOVE);
    goOn.countDown();
    assertThat(generation).isEmptyDirectory();
    folder.arm(generation, generation.toString(), () -> {});
    Files.writeString(unfinished, "again");
    assertThat(generation.resolve(IMAGE + ".temp")).hasContent("again");
  }

  @Test
  void withoutAnOrderEverythingThatDmtcpDoesWorksAndNothingIsKept() throws Exception {
    Path folder = folders.add("41.3.1").folder();

    Files.writeString(folder.resolve(IMAGE + ".temp"), "memory");
    Files.move(
        folder.resolve(IMAGE + ".temp"), folder.resolve(IMAGE), StandardCopyOption.ATOMIC_MOVE);
    Files.writeString(folder.resolve("ckpt_job_1-40000-5_files/deleted.txt_7"), "bytes");

    assertThat(Files.readSymbolicLink(folder.resolve(IMAGE))).isEqualTo(Path.of("/dev/null"));
    assertThat(temporary.resolve("generations").toFile().list()).containsExactly("1");
    assertThat(generation).isEmptyDirectory();
  }

  @Test
  void foldersOfDeletedFilesLieBesideTheImages() throws Exception {
    ImageFolder folder = armed(() -> {});
    Path files = folder.folder().resolve("ckpt_job_1-40000-5_files");

    assertThat(files).doesNotExist();
    Files.createDirectory(files);
    Files.writeString(files.resolve("deleted.txt_7"), "bytes");

    assertThat(generation.resolve("ckpt_job_1-40000-5_files/deleted.txt_7")).hasContent("bytes");
  }

  @Test
  void aRestartedJobFindsItsDeletedFilesAndItsImagesStayAsTheyAre() throws Exception {
    Files.createDirectory(generation.resolve("ckpt_a_files"));
    Files.writeString(generation.resolve("ckpt_a_files/deleted.txt_7"), "bytes");
    Files.writeString(generation.resolve(IMAGE), "memory");
    ImageFolder folder = folders.add("41.3.1");

    folder.restoring(generation.toString());

    assertThat(folder.folder().resolve("ckpt_a_files/deleted.txt_7")).hasContent("bytes");
    Files.writeString(folder.folder().resolve(IMAGE), "another");
    assertThat(generation.resolve(IMAGE)).hasContent("memory");
    assertThat(folder.disarm()).isFalse();
    assertThat(Files.readString(folder.folder().resolve("ckpt_a_files/deleted.txt_7"))).isEmpty();
  }

  @Test
  void restartScriptsLeadToTheControlFolder() throws Exception {
    Path folder = armed(() -> {}).folder();

    Path script = Path.of("/.urubu/control/dmtcp_restart_script_1-2.sh");
    assertThat(Files.readSymbolicLink(folder.resolve("dmtcp_restart_script_1-2.sh")))
        .isEqualTo(script);
    for (int i = 0; i < 2; i++) {
      Files.createSymbolicLink(folder.resolve("dmtcp_restart_script.sh"), script);
    }
  }

  @Test
  void aGenerationThatTheJobReplacedByALinkIsRefused() throws Exception {
    Path owners = Files.createDirectory(temporary.resolve("owners"));
    Path link = Files.createSymbolicLink(temporary.resolve("generations/2"), owners);
    ImageFolder folder = folders.add("41.3.1");

    assertThatThrownBy(() -> folder.arm(link, "/.urubu/generations/2", () -> {}))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("generations/2");
  }

  @Test
  void aGenerationReplacedLaterIsNotWrittenTo() throws Exception {
    ImageFolder folder = armed(() -> {});
    Path owners = Files.createDirectory(temporary.resolve("owners"));
    Files.writeString(owners.resolve(IMAGE + ".temp"), "the owner's");
    Files.writeString(folder.folder().resolve(IMAGE + ".temp"), "memory");

    Files.move(generation, temporary.resolve("generations/aside"));
    Files.createSymbolicLink(generation, owners);
    Files.move(
        folder.folder().resolve(IMAGE + ".temp"),
        folder.folder().resolve(IMAGE),
        StandardCopyOption.ATOMIC_MOVE);
    Files.createDirectory(folder.folder().resolve("ckpt_a_files"));

    assertThat(owners.toFile().list()).containsExactly(IMAGE + ".temp");
    assertThat(temporary.resolve("generations/aside").resolve(IMAGE)).hasContent("memory");
  }

  @Test
  void namesThatAreNoImagesAreRefused() throws Exception {
    Path folder = armed(() -> {}).folder();

    for (String name :
        List.of("out", "ckpt_", "ckpt_x.dmtcp.temp.temp", ".dmtcp", "ckpt_\u0001.dmtcp")) {
      assertThatThrownBy(() -> Files.writeString(folder.resolve(name), "x"))
          .as(name)
          .isInstanceOf(AccessDeniedException.class);
      assertThatThrownBy(() -> Files.readString(folder.resolve(name)))
          .isInstanceOf(NoSuchFileException.class);
    }
    assertThatThrownBy(() -> Files.createDirectory(folder.resolve("more")))
        .isInstanceOf(AccessDeniedException.class);
    assertThatThrownBy(() -> Files.createSymbolicLink(folder.resolve("l"), Path.of("/etc")))
        .isInstanceOf(AccessDeniedException.class);
    assertThatThrownBy(
            () -> Files.createLink(folder.resolve(IMAGE), folder.resolve("ckpt_b.dmtcp")))
        .isInstanceOf(FileSystemException.class);
    assertThatThrownBy(() -> Files.delete(folder.resolve(IMAGE)))
        .isInstanceOf(AccessDeniedException.class);
    assertThatThrownBy(() -> Files.writeString(root.resolve("x"), "x"))
        .isInstanceOf(AccessDeniedException.class);
    assertThatThrownBy(() -> Files.createDirectory(root.resolve("x")))
        .isInstanceOf(AccessDeniedException.class);
    assertThat(folder.toFile().list()).isEmpty();
  }

  @Test
  void longNamesAreRefused() throws Exception {
    Path folder = armed(() -> {}).folder();

    assertThatThrownBy(() -> Files.readString(folder.resolve("ckpt_" + "x".repeat(300) + ".dmtcp")))
        .hasMessageContaining("File name too long");
    assertThatThrownBy(
            () -> Files.readString(folder.resolve("ckpt_" + "x".repeat(2000) + ".dmtcp")))
        .hasMessageContaining("File name too long");
  }

  @Test
  void imagesAreRenamedInOnePlaceOnly() throws Exception {
    Path one = armed(() -> {}).folder();
    Path other = folders.add("41.4.1").folder();
    Files.writeString(one.resolve(IMAGE + ".temp"), "memory");

    assertThatThrownBy(() -> atomically(one.resolve(IMAGE + ".temp"), other.resolve(IMAGE)))
        .isInstanceOf(FileSystemException.class);
    assertThatThrownBy(() -> atomically(one.resolve(IMAGE + ".temp"), one.resolve("ckpt_b.dmtcp")))
        .isInstanceOf(FileSystemException.class);
    assertThatThrownBy(
            () -> atomically(one.resolve("ckpt_c.dmtcp.temp"), one.resolve("ckpt_c.dmtcp")))
        .isInstanceOf(NoSuchFileException.class);
  }

  private static void atomically(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
  }

  @Test
  void aFloodOfNamesKeepsWorking() throws Exception {
    ImageFolder folder = armed(() -> {});

    for (int i = 0; i < 10_000; i++) {
      assertThat(Files.isSymbolicLink(folder.folder().resolve("ckpt_" + i + ".dmtcp"))).isTrue();
    }

    Files.writeString(folder.folder().resolve("ckpt_0.dmtcp"), "still");
    assertThat(generation.resolve("ckpt_0.dmtcp")).hasContent("still");
  }

  @Test
  void aClosedFolderIsGoneAndItsNameIsFree() throws Exception {
    ImageFolder folder = armed(() -> {});
    assertThatThrownBy(() -> folders.add("41.3.1")).hasMessageContaining("41.3.1");
    assertThat(Files.isSymbolicLink(folder.folder().resolve(IMAGE))).isTrue();

    folder.close();

    assertThat(Files.exists(folder.folder().resolve(IMAGE), LinkOption.NOFOLLOW_LINKS)).isFalse();
    ImageFolder next = folders.add("41.3.1");
    next.arm(generation, generation.toString(), () -> {});
    CompletableFuture.runAsync(
            () -> assertThat(Files.isSymbolicLink(next.folder().resolve(IMAGE))).isTrue(), threads)
        .get(10, TimeUnit.SECONDS);
  }

  @Test
  void closingLetsEverybodyGo() throws Exception {
    CountDownLatch reached = new CountDownLatch(1);
    ImageFolder folder = armed(() -> awaitBoth(reached, new CountDownLatch(1)));
    Future<Path> writer =
        threads.submit(() -> Files.writeString(folder.folder().resolve(IMAGE), "x"));
    assertThat(reached.await(10, TimeUnit.SECONDS)).isTrue();

    folders.close();

    // It finds its link or no folder any more, but it does not wait.
    threads.shutdown();
    assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    assertThat(writer.isDone()).isTrue();
  }
}
