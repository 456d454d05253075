package io.urubu.remotefile.fuse;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * One name in a folder's list.
 *
 * @param next where the list goes on behind it: the offset of the read that wants the rest
 * @param mode its type, as in {@link Attributes}
 */
public record FolderEntry(long node, long next, int mode, String name) {
  private static final int FIXED = 24;
  private static final int ALIGNMENT = 8;
  private static final int TYPE_SHIFT = 12;

  int bytes() {
    int length = FIXED + name.length();
    return (length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }

  void put(ByteBuffer out) {
    int end = out.position() + bytes();
    out.putLong(node).putLong(next).putInt(name.length()).putInt(mode >> TYPE_SHIFT);
    out.put(name.getBytes(StandardCharsets.ISO_8859_1));
    out.position(end);
  }
}
