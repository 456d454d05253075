package io.urubu.shadow.eventlog;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;

/** The end of a log as it was when an append began. */
final class Tail {
  /** Where in the file the bytes begin. */
  private final long start;

  /** True when they begin at the beginning of a line. */
  private final boolean startsLine;

  private final byte[] bytes;

  private Tail(long start, boolean startsLine, byte[] bytes) {
    this.start = start;
    this.startsLine = startsLine;
    this.bytes = bytes;
  }

  /** Reads from the offset on; of a longer rest, or with no offset known, the last bytes. */
  static Tail read(FileChannel in, long offset, long limit) throws IOException {
    long size = in.size();
    // Shorter than expected: the user has begun a new file, of which nothing is known.
    long known = offset < 0 || offset > size ? 0 : offset;
    long start = Math.max(known, size - limit);
    ByteBuffer buffer = ByteBuffer.allocate((int) (size - start));
    while (buffer.hasRemaining()) {
      if (in.read(buffer, start + buffer.position()) < 0) {
        break;
      }
    }
    boolean startsLine = start == 0 || start == offset || endsLine(in, start);
    return new Tail(start, startsLine, Arrays.copyOf(buffer.array(), buffer.position()));
  }

  private static boolean endsLine(FileChannel in, long position) throws IOException {
    ByteBuffer one = ByteBuffer.allocate(1);
    return in.read(one, position - 1) == 1 && one.get(0) == '\n';
  }

  /** Where in the file the text ends; negative when it does not stand here. */
  long endOf(byte[] text) {
    for (int at = 0; at + text.length <= bytes.length; at++) {
      if (isLineStart(at) && matches(at, text, text.length)) {
        return start + at + text.length;
      }
    }
    return -1;
  }

  /** How many bytes of the text the file ends with, as a crash leaves them: from a line's start. */
  int begunWith(byte[] text) {
    for (int at = Math.max(0, bytes.length - text.length + 1); at < bytes.length; at++) {
      if (isLineStart(at) && matches(at, text, bytes.length - at)) {
        return bytes.length - at;
      }
    }
    return 0;
  }

  private boolean isLineStart(int at) {
    return at == 0 ? startsLine : bytes[at - 1] == '\n';
  }

  private boolean matches(int at, byte[] text, int length) {
    return Arrays.equals(bytes, at, at + length, text, 0, length);
  }
}
