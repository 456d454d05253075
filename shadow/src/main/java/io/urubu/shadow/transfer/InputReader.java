package io.urubu.shadow.transfer;

import io.urubu.shadow.runs.Fault;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** Reads one input file from an offset on, piece by piece; one thread at a time. */
public final class InputReader implements Supply {
  private static final int CHUNK = 1 << 20;

  private final Path source;
  private final SeekableByteChannel channel;
  private final Stamp stamp;

  private InputReader(Path source, SeekableByteChannel channel, Stamp stamp) {
    this.source = source;
    this.channel = channel;
    this.stamp = stamp;
  }

  /**
   * Opens the file as it was listed.
   *
   * @throws ChangedException when it is not the file that was listed
   */
  public static InputReader open(InputItem item, long offset)
      throws FaultException, ChangedException {
    Path source = item.source();
    if (source == null) {
      throw new IllegalArgumentException(item.path() + " is a folder");
    }
    try {
      // Looked at before it is opened: to open a pipe would wait for a writer.
      Stamp stamp = stamp(source);
      if (!stamp.equals(item.stamp()) || offset > stamp.size()) {
        throw new ChangedException(source + ": changed since the run was opened");
      }
      SeekableByteChannel channel = Files.newByteChannel(source);
      channel.position(offset);
      return new InputReader(source, channel, stamp);
    } catch (IOException e) {
      throw InputWalk.unusable(Fault.INPUT, "input", source, e);
    }
  }

  private static Stamp stamp(Path source) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(source, BasicFileAttributes.class);
    if (!attributes.isRegularFile()) {
      throw new IOException("is no regular file any more");
    }
    return Stamp.of(attributes);
  }

  /** At the end it is checked that the file is still the one that was opened. */
  @Override
  public byte[] next() throws FaultException, ChangedException {
    try {
      long left = stamp.size() - channel.position();
      if (left == 0) {
        checkUnchanged();
        return new byte[0];
      }
      ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(CHUNK, left));
      while (buffer.hasRemaining()) {
        if (channel.read(buffer) < 0) {
          throw new ChangedException(source + ": became shorter while it was read");
        }
      }
      return buffer.array();
    } catch (IOException e) {
      throw InputWalk.unusable(Fault.INPUT, "input", source, e);
    }
  }

  private void checkUnchanged() throws IOException, ChangedException {
    if (!stamp(source).equals(stamp)) {
      throw new ChangedException(source + ": changed while it was read");
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
