package io.urubu.remotefile.fuse;

import java.nio.ByteBuffer;
import java.time.Instant;

/**
 * What is said of a node.
 *
 * @param mode type and permissions, as Linux has them
 */
public record Attributes(
    long node, int mode, int links, int uid, int gid, long size, Instant changed) {
  public static final int FOLDER = 0040000;
  public static final int FILE = 0100000;
  public static final int LINK = 0120000;

  static final int BYTES = 88;

  private static final int BLOCK = 512;
  private static final int BEST_BLOCK = 4096;

  void put(ByteBuffer out) {
    out.putLong(node).putLong(size).putLong((size + BLOCK - 1) / BLOCK);
    long seconds = changed.getEpochSecond();
    out.putLong(seconds).putLong(seconds).putLong(seconds);
    int nanos = changed.getNano();
    out.putInt(nanos).putInt(nanos).putInt(nanos);
    out.putInt(mode).putInt(links).putInt(uid).putInt(gid);
    out.putInt(0).putInt(BEST_BLOCK).putInt(0);
  }
}
