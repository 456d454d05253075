package io.urubu.remotefile.fuse;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The kernel's first request, and what is agreed upon. */
final class Initiation {
  static final int MAJOR = 7;

  /** Linux 5.4's. */
  static final int OLDEST_MINOR = 31;

  static final int ASYNC_READ = 1;
  static final int ATOMIC_O_TRUNC = 1 << 3;
  static final int BIG_WRITES = 1 << 5;
  static final int PARALLEL_DIROPS = 1 << 18;
  static final int MAX_PAGES = 1 << 22;

  /** Write-back stays off: an answered write has reached the server. */
  private static final int WANTED = ASYNC_READ | BIG_WRITES | PARALLEL_DIROPS | MAX_PAGES;

  private static final int BYTES = 64;
  private static final int PAGE = 4096;
  private static final short MOST_BACKGROUND = 64;
  private static final short CONGESTED = 48;

  private Initiation() {}

  /** What the kernel says of itself. */
  record Offer(int major, int minor, int readAhead, int flags) {
    static Offer read(ByteBuffer in) throws MalformedRequestException {
      try {
        int major = in.getInt();
        int minor = in.getInt();
        // One that speaks a higher major number says no more until it has heard ours.
        return in.remaining() < 8
            ? new Offer(major, minor, 0, 0)
            : new Offer(major, minor, in.getInt(), in.getInt());
      } catch (java.nio.BufferUnderflowException e) {
        throw new MalformedRequestException("the kernel's first request is too short", e);
      }
    }

    boolean isTooOld() {
      return major < MAJOR || (major == MAJOR && minor < OLDEST_MINOR);
    }

    /** It asks again, with ours. */
    boolean isTooNew() {
      return major > MAJOR;
    }
  }

  static ByteBuffer reply(Offer offer, int largestWrite) {
    ByteBuffer out = ByteBuffer.allocate(BYTES).order(ByteOrder.nativeOrder());
    out.putInt(MAJOR).putInt(OLDEST_MINOR);
    if (offer.isTooNew()) {
      return out.rewind();
    }
    out.putInt(offer.readAhead()).putInt(offer.flags() & WANTED);
    out.putShort(MOST_BACKGROUND).putShort(CONGESTED);
    out.putInt(largestWrite).putInt(1);
    out.putShort((short) Math.ceilDiv(largestWrite, PAGE));
    return out.rewind();
  }
}
