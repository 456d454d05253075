package io.urubu.startd.sensors;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The kernel's inotify, which Java's WatchService hides too much of: it cannot tell that a file was
 * read. One thread may wait; any may add a watch.
 */
final class Inotify implements AutoCloseable {
  private static final int IN_ACCESS = 0x1;
  private static final int IN_IGNORED = 0x8000;
  private static final int IN_CLOEXEC = 0x80000;
  private static final int IN_NONBLOCK = 0x800;
  private static final short POLLIN = 1;
  private static final int PATIENCE_MILLIS = 1000;
  private static final int BUFFER = 4096;
  private static final int HEADER = 16;

  private final MethodHandle addWatch;
  private final MethodHandle poll;
  private final MethodHandle read;
  private final MethodHandle closeHandle;
  private final int descriptor;
  private volatile boolean closed;

  /** What happened to what is watched. */
  record Event(int watch, int mask) {
    boolean isAccess() {
      return (mask & IN_ACCESS) != 0;
    }

    /** The file is gone, and the watch with it. */
    boolean isForgotten() {
      return (mask & IN_IGNORED) != 0;
    }
  }

  @SuppressWarnings("restricted") // functions of the C library, called as they are declared
  private Inotify(Linker linker, int descriptor) {
    this.descriptor = descriptor;
    this.addWatch =
        handle(
            linker,
            "inotify_add_watch",
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
    this.poll =
        handle(linker, "poll", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
    this.read =
        handle(linker, "read", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
    this.closeHandle = handle(linker, "close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
  }

  @SuppressWarnings("restricted") // functions of the C library, called as they are declared
  private static MethodHandle handle(Linker linker, String name, FunctionDescriptor descriptor) {
    return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), descriptor);
  }

  static Inotify open() throws IOException {
    Linker linker = Linker.nativeLinker();
    MethodHandle init = handle(linker, "inotify_init1", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    int descriptor = call(() -> (int) init.invokeExact(IN_CLOEXEC | IN_NONBLOCK));
    if (descriptor < 0) {
      throw new IOException("inotify_init1: too many users of inotify, or a kernel without it");
    }
    return new Inotify(linker, descriptor);
  }

  /** Negative when the file may not be watched. */
  int watchAccess(Path file) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment name = arena.allocateFrom(file.toString());
      return call(() -> (int) addWatch.invokeExact(descriptor, name, IN_ACCESS));
    }
  }

  /**
   * Waits for events.
   *
   * @throws IOException when it was closed
   */
  List<Event> await() throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      // struct pollfd: int fd, short events, short revents.
      MemorySegment request = arena.allocate(8, 4);
      request.set(JAVA_INT, 0, descriptor);
      request.set(ValueLayout.JAVA_SHORT, 4, POLLIN);
      while (call(() -> (int) poll.invokeExact(request, 1L, PATIENCE_MILLIS)) <= 0) {
        if (closed) {
          int _ = call(() -> (int) closeHandle.invokeExact(descriptor));
          throw new IOException("closed");
        }
      }
      MemorySegment buffer = arena.allocate(BUFFER, 8);
      long length = call(() -> (long) read.invokeExact(descriptor, buffer, (long) BUFFER));
      return events(buffer, length);
    }
  }

  private static List<Event> events(MemorySegment buffer, long length) {
    List<Event> events = new ArrayList<>();
    long at = 0;
    while (at + HEADER <= length) {
      events.add(new Event(buffer.get(JAVA_INT, at), buffer.get(JAVA_INT, at + 4)));
      at += HEADER + buffer.get(JAVA_INT, at + 12);
    }
    return events;
  }

  /** The thread that waits ends within a second. */
  @Override
  public void close() {
    closed = true;
  }

  private interface NativeCall<T> {
    T run() throws Throwable;
  }

  private static <T> T call(NativeCall<T> call) {
    try {
      return call.run();
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("the C library cannot be called", e);
    }
  }
}
