package io.urubu.remotefile.fuse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A small file system on a real mount. */
@Tag("module")
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FuseSessionTest {
  private static final Duration MOMENT = Duration.ofSeconds(10);
  private static final int PENDING = 8;

  @TempDir Path root;

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Shelf shelf = new Shelf();
  private TestMount mount;
  private FuseSession session;

  /**
   * A folder with the file {@code f}. Names that begin with {@code held} are answered by the test,
   * {@code broken} makes the handler fail.
   */
  private static final class Shelf implements Handler {
    final BlockingQueue<Answer> held = new LinkedBlockingQueue<>();
    final BlockingQueue<Long> interrupted = new LinkedBlockingQueue<>();
    final BlockingQueue<Request> seen = new LinkedBlockingQueue<>();
    volatile byte[] content = new byte[0];

    @Override
    public void serve(Request request, Answer answer) {
      seen.add(request);
      switch (request) {
        case Request.Lookup(_, var name) when name.startsWith("held") -> held.add(answer);
        case Request.Lookup(_, var name) when name.equals("broken") ->
            throw new IllegalStateException("as the test wants it");
        case Request.Lookup(_, var name) when name.equals("f") ->
            answer.entry(file(), Duration.ZERO, Duration.ZERO);
        case Request.Lookup _ -> answer.refuse(Errno.ENOENT);
        case Request.GetAttributes(var header) ->
            answer.attributes(header.node() == 1 ? folder() : file(), Duration.ZERO);
        case Request.Open _ -> answer.opened(5);
        case Request.Read(_, _, var offset, _, var isFolder) when isFolder ->
            answer.folder(
                offset > 0 ? List.of() : List.of(new FolderEntry(2, 1, Attributes.FILE, "f")),
                4096);
        case Request.Read(_, _, var offset, var size, _) -> answer.data(part(offset, size));
        case Request.Write(_, _, var offset, var data) -> answer.written(write(offset, data));
        case Request.SetAttributes set -> {
          content = java.util.Arrays.copyOf(content, (int) set.size());
          answer.attributes(file(), Duration.ZERO);
        }
        default -> answer.unsupported(request);
      }
    }

    @Override
    public void interrupted(long unique) {
      interrupted.add(unique);
    }

    private synchronized int write(long offset, ByteBuffer data) {
      int size = data.remaining();
      content = java.util.Arrays.copyOf(content, Math.max(content.length, (int) offset + size));
      data.get(content, (int) offset, size);
      return size;
    }

    private ByteBuffer part(long offset, int size) {
      int from = (int) Math.min(offset, content.length);
      return ByteBuffer.wrap(content, from, Math.min(size, content.length - from));
    }

    private static Attributes folder() {
      return new Attributes(1, Attributes.FOLDER | 0755, 2, 0, 0, 0, Instant.EPOCH);
    }

    private Attributes file() {
      return new Attributes(
          2, Attributes.FILE | 0644, 1, 0, 0, content.length, Instant.ofEpochSecond(1000));
    }
  }

  @BeforeEach
  void serve() throws Exception {
    mount = TestMount.make(root);
    session =
        FuseSession.serve(mount.descriptor, new FuseSession.Sizes(4, 1 << 20, PENDING), shelf);
  }

  @AfterEach
  void end() throws Exception {
    if (mount != null) {
      mount.close();
    }
    threads.shutdownNow();
  }

  @Test
  void aFileIsListedWrittenAndRead() throws Exception {
    byte[] bytes = "0123456789abcdef".repeat(200_000).getBytes(StandardCharsets.US_ASCII);

    try (FileChannel file = FileChannel.open(root.resolve("f"), StandardOpenOption.WRITE)) {
      file.write(ByteBuffer.wrap(bytes));
    }

    assertThat(root.toFile().list()).containsExactly("f");
    assertThat(Files.readAllBytes(root.resolve("f"))).isEqualTo(bytes);
    assertThat(Files.getLastModifiedTime(root.resolve("f")).toInstant())
        .isEqualTo(Instant.ofEpochSecond(1000));
    assertThat(shelf.seen).filteredOn(Request.Write.class::isInstance).hasSizeLessThan(10);
  }

  @Test
  void errorsReachTheProgramAsTheyAre() {
    assertThatThrownBy(() -> Files.readString(root.resolve("none")))
        .isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> Files.createDirectory(root.resolve("none")))
        .hasMessageContaining("Function not implemented");
    assertThatThrownBy(() -> Files.readString(root.resolve("broken")))
        .hasMessageContaining("Input/output error");
  }

  @Test
  void anAnswerMayComeLaterFromAnyThreadAndOthersGoOnMeanwhile() throws Exception {
    List<Future<Boolean>> waiting = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      Path path = root.resolve("held-" + i);
      waiting.add(threads.submit(() -> Files.exists(path)));
    }
    List<Answer> answers = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      answers.add(shelf.held.poll(10, TimeUnit.SECONDS));
    }

    assertThat(Files.exists(root.resolve("f"))).isTrue();
    assertThat(session.pending()).isEqualTo(6);
    assertThat(waiting).noneMatch(Future::isDone);
    for (Answer answer : answers) {
      var _ = threads.submit(() -> answer.entry(Shelf.folder(), Duration.ZERO, Duration.ZERO));
    }
    for (Future<Boolean> one : waiting) {
      one.get(10, TimeUnit.SECONDS);
    }
    assertThat(session.pending()).isZero();
  }

  @Test
  void whoAsksTooMuchIsRefusedAndNothingGrows() throws Exception {
    for (int i = 0; i < PENDING; i++) {
      Path path = root.resolve("held-" + i);
      var _ = threads.submit(() -> Files.exists(path));
      assertThat(shelf.held.poll(10, TimeUnit.SECONDS)).isNotNull();
    }

    for (int i = 0; i < 50; i++) {
      assertThatThrownBy(() -> Files.readAttributes(root.resolve("held-x"), "*"))
          .isInstanceOf(FileSystemException.class)
          .hasMessageContaining("temporarily unavailable");
    }

    assertThat(session.pending()).isEqualTo(PENDING);
    assertThat(shelf.held).isEmpty();
  }

  @Test
  void aProgramThatIsKilledWhileItWaitsIsToldOfAndDiesWithTheAnswer() throws Exception {
    Process stat =
        new ProcessBuilder("stat", root.resolve("held").toString())
            .redirectErrorStream(true)
            .start();
    Answer answer = shelf.held.poll(10, TimeUnit.SECONDS);

    stat.destroyForcibly();

    assertThat(shelf.interrupted.poll(10, TimeUnit.SECONDS)).isNotNull();
    assertThat(stat.waitFor(200, TimeUnit.MILLISECONDS)).isFalse();
    answer.refuse(Errno.EINTR);
    assertThat(stat.waitFor(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void theSessionEndsWithTheMount() throws Exception {
    assertThat(Files.exists(root.resolve("f"))).isTrue();

    mount.unmount();

    assertThat(session.awaitEnd(MOMENT)).isTrue();
  }

  @Test
  void aClosedSessionEndsWithTheNextRequestsAndLateAnswersDoNoHarm() throws Exception {
    var _ = threads.submit(() -> Files.exists(root.resolve("held")));
    Answer late = shelf.held.poll(10, TimeUnit.SECONDS);
    session.close();

    for (int i = 0; i < 10 && !session.awaitEnd(Duration.ofMillis(50)); i++) {
      boolean _ = Files.exists(root.resolve("f"));
    }

    assertThat(session.awaitEnd(MOMENT)).isTrue();
    late.refuse(Errno.EIO);
    assertThatThrownBy(() -> Files.readAttributes(root.resolve("f"), "*"))
        .isInstanceOf(FileSystemException.class);
  }

  @Test
  void programsThatThisProcessStartsDoNotGetTheDescriptor() throws Exception {
    Process list = new ProcessBuilder("ls", "-l", "/proc/self/fd").start();

    String shown = new String(list.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(shown).doesNotContain("/dev/fuse");
  }

  @Test
  void aDescriptorThatIsNotOpenIsRefused() {
    assertThatThrownBy(() -> FuseSession.serve(999_999, new FuseSession.Sizes(1, 4096, 1), shelf))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("999999");
  }
}
