package io.urubu.starter.imagefolder;

import io.urubu.remotefile.fuse.Errno;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The real folder behind the links of one checkpoint. It lies where the job can change things, so
 * it is held open and nothing is done in it by way of its path.
 */
final class Generation implements AutoCloseable {
  private static final int O_DIRECTORY = 0200000;
  private static final int O_NOFOLLOW = 0400000;
  private static final int O_CLOEXEC = 02000000;
  private static final int O_PATH = 010000000;
  private static final int PRIVATE = 0700;
  private static final int MOST_FOLDERS = 4096;

  private final Calls calls;
  private final int descriptor;

  /** The folder as the sandbox shows it. */
  private final String seenAs;

  private final ReentrantLock lock = new ReentrantLock();

  /** Guarded by {@code lock}. */
  private final Set<String> madeFolders = new HashSet<>();

  /** Guarded by {@code lock}. */
  private boolean isClosed;

  private Generation(Calls calls, int descriptor, String seenAs) {
    this.calls = calls;
    this.descriptor = descriptor;
    this.seenAs = seenAs;
  }

  /**
   * The folder of that path, which must not be a link.
   *
   * @param seenAs the same folder's path in the sandbox
   */
  static Generation open(Path folder, String seenAs) throws IOException {
    Calls calls = new Calls();
    int flags = O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
    int descriptor = calls.open(folder.toString(), flags);
    if (descriptor < 0) {
      throw new IOException(
          "images cannot go to " + folder + ": it is no folder (errno " + -descriptor + ")");
    }
    return new Generation(calls, descriptor, seenAs);
  }

  String pathOf(String name) {
    return seenAs + "/" + name;
  }

  boolean hasFolder(String name) {
    lock.lock();
    try {
      return madeFolders.contains(name);
    } finally {
      lock.unlock();
    }
  }

  /** Why not; empty when it is made. */
  Optional<Errno> makeFolder(String name) {
    lock.lock();
    try {
      if (isClosed || madeFolders.size() >= MOST_FOLDERS) {
        return Optional.of(Errno.ENOSPC);
      }
      Optional<Errno> failure = failure(calls.makeFolder(descriptor, name, PRIVATE));
      if (failure.isEmpty() || failure.get().equals(Errno.EEXIST)) {
        madeFolders.add(name);
      }
      return failure;
    } finally {
      lock.unlock();
    }
  }

  /** Why not; empty when it has the new name. A link is renamed itself. */
  Optional<Errno> rename(String from, String to) {
    lock.lock();
    try {
      return isClosed ? Optional.empty() : failure(calls.rename(descriptor, from, to));
    } finally {
      lock.unlock();
    }
  }

  private static Optional<Errno> failure(int result) {
    return result < 0 ? Optional.of(new Errno(-result)) : Optional.empty();
  }

  @Override
  public void close() {
    lock.lock();
    try {
      if (!isClosed) {
        isClosed = true;
        calls.close(descriptor);
      }
    } finally {
      lock.unlock();
    }
  }

  /** The C library's functions; each gives a negative error number when it fails. */
  private static final class Calls {
    private static final MemoryLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO =
        STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

    private final MethodHandle open =
        function("open", 2, ValueLayout.ADDRESS, ValueLayout.JAVA_INT);
    private final MethodHandle makeFolder =
        function("mkdirat", 3, ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT);
    private final MethodHandle rename =
        function(
            "renameat",
            4,
            ValueLayout.JAVA_INT,
            ValueLayout.ADDRESS,
            ValueLayout.JAVA_INT,
            ValueLayout.ADDRESS);
    private final MethodHandle close = function("close", 1, ValueLayout.JAVA_INT);

    @SuppressWarnings("restricted") // functions of the C library, called as they are declared
    private static MethodHandle function(String name, int fixed, MemoryLayout... parameters) {
      Linker linker = Linker.nativeLinker();
      FunctionDescriptor type = FunctionDescriptor.of(ValueLayout.JAVA_INT, parameters);
      Linker.Option errno = Linker.Option.captureCallState("errno");
      MemorySegment address = linker.defaultLookup().findOrThrow(name);
      return fixed < parameters.length
          ? linker.downcallHandle(address, type, errno, Linker.Option.firstVariadicArg(fixed))
          : linker.downcallHandle(address, type, errno);
    }

    int open(String path, int flags) {
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment state = arena.allocate(STATE);
        return result((int) open.invokeExact(state, arena.allocateFrom(path), flags), state);
      } catch (Throwable e) {
        throw uncallable(e);
      }
    }

    int makeFolder(int folder, String name, int mode) {
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment state = arena.allocate(STATE);
        return result((int) makeFolder.invokeExact(state, folder, bytes(arena, name), mode), state);
      } catch (Throwable e) {
        throw uncallable(e);
      }
    }

    int rename(int folder, String from, String to) {
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment state = arena.allocate(STATE);
        MemorySegment old = bytes(arena, from);
        return result(
            (int) rename.invokeExact(state, folder, old, folder, bytes(arena, to)), state);
      } catch (Throwable e) {
        throw uncallable(e);
      }
    }

    void close(int descriptor) {
      try (Arena arena = Arena.ofConfined()) {
        int _ = (int) close.invokeExact(arena.allocate(STATE), descriptor);
      } catch (Throwable e) {
        throw uncallable(e);
      }
    }

    private static MemorySegment bytes(Arena arena, String name) {
      return arena.allocateFrom(name, StandardCharsets.ISO_8859_1);
    }

    private static int result(int returned, MemorySegment state) {
      return returned < 0 ? -(int) ERRNO.get(state, 0L) : returned;
    }

    private static IllegalStateException uncallable(Throwable e) {
      return new IllegalStateException("the C library cannot be called", e);
    }
  }
}
