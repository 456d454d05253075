package io.urubu.command;

import io.urubu.classad.ClassAd;
import io.urubu.classad.ClassAdSyntaxException;
import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import jdk.net.ExtendedSocketOptions;

/**
 * One end of a command socket. Any thread may send; one thread at a time may receive. Closing it
 * wakes a thread that waits in {@link #receive}.
 */
public final class CommandConnection implements AutoCloseable {
  /** No frame is larger, header included: 64 MiB. */
  public static final int MAX_FRAME_BYTES = 64 << 20;

  private final SocketChannel channel;
  private final int largestReceived;
  private final ReentrantLock sending = new ReentrantLock();

  CommandConnection(SocketChannel channel) {
    this(channel, MAX_FRAME_BYTES);
  }

  private CommandConnection(SocketChannel channel, int largestReceived) {
    this.channel = channel;
    this.largestReceived = largestReceived;
  }

  /** Connects to a daemon's command socket. */
  public static CommandConnection connect(Path socket) throws IOException {
    return connect(socket, MAX_FRAME_BYTES);
  }

  /**
   * Connects to a process that is not trusted.
   *
   * @param largestReceived a frame that is larger, in bytes, is refused before memory is given to
   *     it
   */
  public static CommandConnection connect(Path socket, int largestReceived) throws IOException {
    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      channel.connect(UnixDomainSocketAddress.of(socket));
      return new CommandConnection(channel, largestReceived);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /** The account of the process that connected (at a server) or listens (at a client). */
  public Peer peer() throws IOException {
    return new Peer(channel.getOption(ExtendedSocketOptions.SO_PEERCRED).user());
  }

  public void send(Frame.Kind kind, ClassAd ad) throws IOException {
    byte[] text = ad.toString().getBytes(StandardCharsets.UTF_8);
    if (text.length + 5 > MAX_FRAME_BYTES) {
      throw new CorruptFrameException(
          "an ad of " + text.length + " bytes does not fit into a frame");
    }
    ByteBuffer frame = ByteBuffer.allocate(5 + text.length);
    frame.putInt(1 + text.length).put(kind.code()).put(text).flip();
    sending.lock();
    try {
      while (frame.hasRemaining()) {
        channel.write(frame);
      }
    } finally {
      sending.unlock();
    }
  }

  /** The next frame, or empty when the other side closed the connection between two frames. */
  public Optional<Frame> receive() throws IOException {
    ByteBuffer header = ByteBuffer.allocate(5);
    if (!readFully(header)) {
      return Optional.empty();
    }
    int length = header.getInt() - 1;
    Frame.Kind kind = Frame.Kind.of(header.get());
    if (length < 0 || length > largestReceived - 5) {
      throw new CorruptFrameException(
          "frame of " + length + " bytes, allowed are " + largestReceived);
    }
    ByteBuffer text = ByteBuffer.allocate(length);
    if (length > 0 && !readFully(text)) {
      throw new EOFException("the connection ended within a frame");
    }
    try {
      return Optional.of(
          new Frame(kind, ClassAd.parse(new String(text.array(), StandardCharsets.UTF_8))));
    } catch (ClassAdSyntaxException e) {
      throw new CorruptFrameException("the frame holds no ClassAd: " + e.getMessage(), e);
    }
  }

  /**
   * False when the other side had closed before the first byte. The buffer is flipped when true.
   */
  private boolean readFully(ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      if (channel.read(buffer) < 0) {
        if (buffer.position() == 0) {
          return false;
        }
        throw new EOFException("the connection ended within a frame");
      }
    }
    buffer.flip();
    return true;
  }

  /**
   * Sends a request and waits for its end.
   *
   * @param items gets each ITEM as it comes
   * @return the ad of DONE
   * @throws PoolException when the answer is FAILED, with the code and text that came
   */
  public ClassAd call(ClassAd request, Consumer<ClassAd> items) throws IOException, PoolException {
    send(Frame.Kind.REQUEST, request);
    while (true) {
      Frame answer = receive().orElseThrow(() -> new EOFException("closed before it answered"));
      switch (answer.kind()) {
        case ITEM -> items.accept(answer.ad());
        case DONE -> {
          return answer.ad();
        }
        case FAILED -> throw PoolException.fromAd(answer.ad());
        case REQUEST, EVENT -> throw new CorruptFrameException("unexpected " + answer.kind());
      }
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
