package io.urubu.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.MessageDigest;

/** Takes the bytes of one file of a checkpoint; one thread at a time. */
public final class StagedFile {
  /** After so many bytes they go to the disk, so that little is left to wait for at the end. */
  private static final long BATCH = 32L << 20;

  private final Stage stage;
  private final String name;
  private final Path path;
  private final FileChannel channel;
  private final MessageDigest digest = Hashes.digest();
  private long size;
  private long settled;

  StagedFile(Stage stage, String name, Path path, FileChannel channel) {
    this.stage = stage;
    this.name = name;
    this.path = path;
    this.channel = channel;
  }

  /**
   * Takes the next bytes.
   *
   * @throws StoreException when there is no room for them
   */
  public void write(ByteBuffer bytes) throws StoreException {
    size += bytes.remaining();
    digest.update(bytes.duplicate());
    try {
      stage.disk().write(channel, bytes, path);
    } catch (IOException e) {
      throw Disk.failed(stage.folder(), e);
    }
    if (size - settled >= BATCH) {
      Disk.checkRoom(stage.folder());
      settle();
    }
  }

  /** What came until now is durable on return; that may take a while. */
  public void settle() throws StoreException {
    try {
      stage.disk().force(channel, path);
    } catch (IOException e) {
      throw Disk.failed(stage.folder(), e);
    }
    settled = size;
  }

  /**
   * The file is whole, and durable on return.
   *
   * @throws UnfitException when it is not what the starter says it is: nothing of it stays then
   */
  public void finish(long saidSize, String saidSha256) throws UnfitException, StoreException {
    String sha256 = Hashes.text(digest.digest());
    if (size != saidSize || !sha256.equals(saidSha256)) {
      abort();
      throw new UnfitException(
          "file '%s' came with %d bytes of SHA-256 %s; said were %d bytes of %s"
              .formatted(name, size, sha256, saidSize, saidSha256));
    }
    if (settled < size || size == 0) {
      settle();
    }
    try {
      channel.close();
    } catch (IOException e) {
      throw Disk.failed(stage.folder(), e);
    }
    stage.keep(this, new StoredFile(name, size, sha256));
  }

  /** Nothing of it stays. May be called more than once, also when it is finished: then it stays. */
  public void abort() {
    stage.forget(this);
  }

  String name() {
    return name;
  }

  Path path() {
    return path;
  }

  void close() throws IOException {
    channel.close();
  }
}
