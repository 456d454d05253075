package io.urubu.remotefile.fuse;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves one mount: reads the kernel's requests with a few threads and hands them to the file
 * system. Ends with the mount, or when it is closed and a last request has woken each thread.
 */
public final class FuseSession implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(FuseSession.class);

  private static final int ANSWER_HEADER_BYTES = 16;

  private final FuseDevice device;
  private final Sizes sizes;
  private final Handler handler;
  private final AtomicInteger serving;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final AtomicInteger pending = new AtomicInteger();

  /** An answer is written while the descriptor is certainly this session's. */
  private final ReentrantReadWriteLock descriptor = new ReentrantReadWriteLock();

  /** Guarded by {@code descriptor}. */
  private boolean isClosed;

  private volatile boolean isClosing;

  /**
   * How much there may be of everything.
   *
   * @param largestWrite bytes, at least a page
   * @param pending requests without an answer; more are refused with EAGAIN
   */
  public record Sizes(int threads, int largestWrite, int pending) {
    private static final int PAGE = 4096;

    public Sizes {
      if (threads < 1 || largestWrite < PAGE || largestWrite % PAGE != 0 || pending < 1) {
        throw new IllegalArgumentException("a session cannot have " + threads + " threads, ...");
      }
    }

    int buffer() {
      // The kernel wants room for a write of that size, with its headers, and for 8 KiB at least.
      return largestWrite + PAGE;
    }
  }

  private FuseSession(FuseDevice device, Sizes sizes, Handler handler) {
    this.device = device;
    this.sizes = sizes;
    this.handler = handler;
    this.serving = new AtomicInteger(sizes.threads());
  }

  /**
   * Serves a mount that was made already.
   *
   * @param descriptor of {@code /dev/fuse}, as the mount has it; the session's own from now on
   * @throws IOException when there is no such descriptor
   */
  public static FuseSession serve(int descriptor, Sizes sizes, Handler handler) throws IOException {
    FuseDevice device = new FuseDevice(descriptor);
    if (!device.keepFromChildren()) {
      throw new IOException("descriptor " + descriptor + " is not open: nothing can be served");
    }
    FuseSession session = new FuseSession(device, sizes, handler);
    for (int i = 1; i <= sizes.threads(); i++) {
      Thread.ofPlatform().daemon().name("fuse-" + i).start(session::readRequests);
    }
    return session;
  }

  /** How many requests wait for their answer. */
  public int pending() {
    return pending.get();
  }

  /** False when threads still serve then. */
  public boolean awaitEnd(Duration limit) throws InterruptedException {
    return ended.await(limit.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Every thread leaves with the next request that it gets; the last one ends the mount. */
  @Override
  public void close() {
    isClosing = true;
  }

  private void readRequests() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment buffer = arena.allocate(sizes.buffer(), Long.BYTES);
      MemorySegment state = FuseDevice.state(arena);
      while (!isClosing) {
        int read = device.read(buffer, state);
        if (read >= 0) {
          take(buffer.asSlice(0, read).asByteBuffer().order(ByteOrder.nativeOrder()));
        } else if (!isPassing(-read)) {
          sayWhyItEnds(-read);
          return;
        }
      }
    } finally {
      if (serving.decrementAndGet() == 0) {
        end();
      }
    }
  }

  private void end() {
    descriptor.writeLock().lock();
    try {
      isClosed = true;
      device.close();
    } finally {
      descriptor.writeLock().unlock();
    }
    ended.countDown();
  }

  /** ENOENT: the program that asked was killed before its request was read. */
  private static boolean isPassing(int error) {
    return error == Errno.EINTR.number()
        || error == Errno.ENOENT.number()
        || error == Errno.EAGAIN.number();
  }

  private static void sayWhyItEnds(int error) {
    if (error != Errno.ENODEV.number()) {
      log.atError().addKeyValue("errno", error).log("cannot read the kernel's file requests");
    }
  }

  private void take(ByteBuffer in) {
    if (in.remaining() < RequestReader.HEADER_BYTES) {
      log.atError().addKeyValue("bytes", in.remaining()).log("a file request is too short");
      return;
    }
    in.getInt();
    int opcode = in.getInt();
    Header header = new Header(in.getLong(), in.getLong(), in.getInt(), in.getInt(), in.getInt());
    in.getInt();
    try {
      switch (opcode) {
        case Opcode.FORGET -> handler.forget(header.node(), in.getLong());
        case Opcode.BATCH_FORGET -> forgetAll(in);
        case Opcode.INTERRUPT -> handler.interrupted(in.getLong());
        case Opcode.INIT -> initiate(header, in);
        case Opcode.DESTROY -> send(header.unique(), 0, ByteBuffer.allocate(0));
        default -> serve(opcode, header, in);
      }
    } catch (MalformedRequestException | BufferUnderflowException e) {
      log.atError().setCause(e).log("a file request cannot be read");
      send(header.unique(), Errno.EIO.number(), ByteBuffer.allocate(0));
    }
  }

  private void forgetAll(ByteBuffer in) {
    int count = in.getInt();
    in.getInt();
    for (int i = 0; i < count && in.remaining() >= 16; i++) {
      handler.forget(in.getLong(), in.getLong());
    }
  }

  private void initiate(Header header, ByteBuffer in) throws MalformedRequestException {
    Initiation.Offer offer = Initiation.Offer.read(in);
    if (offer.isTooOld()) {
      log.atError()
          .addKeyValue("kernel", offer.major() + "." + offer.minor())
          .log("the kernel's FUSE protocol is too old: Linux 5.4 or newer is needed");
      send(header.unique(), Errno.EPROTO.number(), ByteBuffer.allocate(0));
      return;
    }
    send(header.unique(), 0, Initiation.reply(offer, sizes.largestWrite()));
  }

  private void serve(int opcode, Header header, ByteBuffer in) throws MalformedRequestException {
    Request request = RequestReader.read(opcode, header, in);
    log.atTrace().addKeyValue("request", request).log("asked");
    if (pending.incrementAndGet() > sizes.pending()) {
      pending.decrementAndGet();
      send(header.unique(), Errno.EAGAIN.number(), ByteBuffer.allocate(0));
      return;
    }
    Answer answer = new Answer(header.unique(), this::answer);
    try {
      handler.serve(request, answer);
    } catch (RuntimeException e) {
      log.atError().addKeyValue("request", opcode).setCause(e).log("a file request failed");
      if (!answer.isGiven()) {
        answer.refuse(Errno.EIO);
      }
    }
  }

  private void answer(long unique, int error, ByteBuffer body) {
    pending.decrementAndGet();
    send(unique, error, body);
  }

  private void send(long unique, int error, ByteBuffer body) {
    descriptor.readLock().lock();
    try (Arena arena = Arena.ofConfined()) {
      if (!isClosed) {
        int length = ANSWER_HEADER_BYTES + body.remaining();
        MemorySegment out = arena.allocate(length, Long.BYTES);
        ByteBuffer bytes = out.asByteBuffer().order(ByteOrder.nativeOrder());
        bytes.putInt(length).putInt(-error).putLong(unique).put(body);
        sayIfRefused(-device.write(out, FuseDevice.state(arena)));
      }
    } finally {
      descriptor.readLock().unlock();
    }
  }

  /** ENOENT: nobody waits for it any more. ENODEV: the mount is gone. */
  private static void sayIfRefused(int error) {
    if (error != 0 && !isPassing(error) && error != Errno.ENODEV.number()) {
      log.atError().addKeyValue("errno", error).log("the kernel refuses an answer");
    }
  }
}
