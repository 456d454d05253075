package io.urubu.startd.starters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.urubu.classad.ClassAd;
import io.urubu.command.CommandServer;
import io.urubu.command.Frame;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("module")
class StarterLinkTest {
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final Duration LONG = Duration.ofSeconds(10);
  private static final ClassAd STATUS = ClassAd.builder().put("Command", "Status").build();

  @TempDir Path folder;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Heard heard = new Heard();

  /** What the link reported. */
  private static final class Heard implements StarterLink.Listener {
    private final BlockingQueue<ClassAd> events = new LinkedBlockingQueue<>();
    private final CountDownLatch ended = new CountDownLatch(1);

    @Override
    public void event(ClassAd event) {
      events.add(event);
    }

    @Override
    public void ended() {
      ended.countDown();
    }
  }

  @AfterEach
  void end() {
    threads.shutdownNow();
  }

  private StarterLink link() throws Exception {
    StarterLink link = StarterLink.connect(folder, LONG, threads);
    link.listen(heard);
    return link;
  }

  private CommandServer starter(CommandServer.Handler handler) throws IOException {
    return CommandServer.listen(folder.resolve("starter.sock"), handler, _ -> {});
  }

  @Test
  void eventsMayComeAmidstAnAnswer() throws Exception {
    try (CommandServer _ =
            starter(
                connection -> {
                  connection.receive();
                  connection.send(Frame.Kind.ITEM, ClassAd.builder().put("Run", "a").build());
                  connection.send(Frame.Kind.EVENT, ClassAd.builder().put("Event", "e").build());
                  connection.send(Frame.Kind.DONE, ClassAd.empty());
                  connection.receive();
                });
        StarterLink link = link()) {

      Reply reply = link.call(STATUS, LONG);

      assertThat(((Reply.Done) reply).items()).hasSize(1);
      assertThat(heard.events.poll(10, TimeUnit.SECONDS)).isNotNull();
    }
  }

  @Test
  void aStarterThatDoesNotAnswerIsGivenUp() throws Exception {
    try (CommandServer _ =
            starter(connection -> List.of(connection.receive(), connection.receive()));
        StarterLink link = link()) {

      assertThatThrownBy(() -> link.call(STATUS, SHORT)).isInstanceOf(IOException.class);

      assertThat(heard.ended.await(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void aStarterThatTakesNoConnectionIsGivenUp() throws Exception {
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(folder.resolve("starter.sock")), 1);
      List<SocketChannel> full = List.of(dial(), dial());

      assertThatThrownBy(() -> StarterLink.connect(folder, SHORT, threads))
          .isInstanceOf(IOException.class);

      for (SocketChannel channel : full) {
        channel.close();
      }
    }
  }

  private SocketChannel dial() throws IOException {
    return SocketChannel.open(UnixDomainSocketAddress.of(folder.resolve("starter.sock")));
  }

  @Test
  void aHugeFrameEndsTheConnectionBeforeMemoryIsGivenToIt() throws Exception {
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(folder.resolve("starter.sock")));
      Future<Integer> sent =
          threads.submit(
              () -> {
                ByteBuffer header = ByteBuffer.allocate(5).putInt(60 << 20).put((byte) 'E').flip();
                return server.accept().write(header);
              });

      try (StarterLink _ = link()) {
        assertThat(heard.ended.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(sent.get(10, TimeUnit.SECONDS)).isEqualTo(5);
      }
    }
  }

  @Test
  void anAnswerWithoutAQuestionEndsTheConnection() throws Exception {
    try (CommandServer _ =
            starter(
                connection -> {
                  connection.send(Frame.Kind.ITEM, ClassAd.empty());
                  connection.receive();
                });
        StarterLink _ = link()) {

      assertThat(heard.ended.await(10, TimeUnit.SECONDS)).isTrue();
      assertThat(heard.events).isEmpty();
    }
  }
}
