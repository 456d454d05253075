package io.urubu.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** Reads one file of a generation piece by piece; one thread at a time. */
public final class PartReader implements AutoCloseable {
  private static final int PIECE = 1 << 20;

  private final Path folder;
  private final StoredFile file;
  private final FileChannel channel;

  PartReader(Path folder, StoredFile file, FileChannel channel) {
    this.folder = folder;
    this.file = file;
    this.channel = channel;
  }

  /**
   * The next piece; empty at the end.
   *
   * @throws DamagedException when the file ends too early
   */
  public byte[] next() throws StoreException, DamagedException {
    try {
      long left = file.size() - channel.position();
      if (left <= 0) {
        return new byte[0];
      }
      ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(PIECE, left));
      while (buffer.hasRemaining()) {
        if (channel.read(buffer) < 0) {
          throw new DamagedException(
              "%s: file '%s' has %d bytes, its recipe says %d"
                  .formatted(folder, Names.escape(file.name()), channel.size(), file.size()));
        }
      }
      return buffer.array();
    } catch (IOException e) {
      throw Disk.failed(folder, e);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
