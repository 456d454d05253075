package io.urubu.remotefile.fuse;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/** An open {@code /dev/fuse}: one read brings one request, one write takes one answer. */
final class FuseDevice {
  private static final int F_SETFD = 2;
  private static final int FD_CLOEXEC = 1;

  private static final MemoryLayout STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO =
      STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

  private final int descriptor;
  private final MethodHandle read;
  private final MethodHandle write;
  private final MethodHandle fcntl;
  private final MethodHandle close;

  @SuppressWarnings("restricted") // functions of the C library, called as they are declared
  FuseDevice(int descriptor) {
    this.descriptor = descriptor;
    Linker linker = Linker.nativeLinker();
    FunctionDescriptor transfer =
        FunctionDescriptor.of(
            ValueLayout.JAVA_LONG,
            ValueLayout.JAVA_INT,
            ValueLayout.ADDRESS,
            ValueLayout.JAVA_LONG);
    Linker.Option errno = Linker.Option.captureCallState("errno");
    this.read = linker.downcallHandle(linker.defaultLookup().findOrThrow("read"), transfer, errno);
    this.write =
        linker.downcallHandle(linker.defaultLookup().findOrThrow("write"), transfer, errno);
    this.fcntl =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("fcntl"),
            FunctionDescriptor.of(
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_INT),
            Linker.Option.firstVariadicArg(2));
    this.close =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("close"),
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
  }

  /** Where the C library leaves the reason of a failure; one thread's own. */
  static MemorySegment state(Arena arena) {
    return arena.allocate(STATE);
  }

  /** Bytes read, or the negative error number. Waits for a request. */
  int read(MemorySegment buffer, MemorySegment state) {
    try {
      return result((long) read.invokeExact(state, descriptor, buffer, buffer.byteSize()), state);
    } catch (Throwable e) {
      throw uncallable(e);
    }
  }

  /** 0, or the negative error number. */
  int write(MemorySegment answer, MemorySegment state) {
    try {
      return Math.min(
          0, result((long) write.invokeExact(state, descriptor, answer, answer.byteSize()), state));
    } catch (Throwable e) {
      throw uncallable(e);
    }
  }

  /** Programs that this process starts do not get it. False when there is no such descriptor. */
  boolean keepFromChildren() {
    try {
      return (int) fcntl.invokeExact(descriptor, F_SETFD, FD_CLOEXEC) == 0;
    } catch (Throwable e) {
      throw uncallable(e);
    }
  }

  /** With the last descriptor the mount dies: every program that asks gets ENOTCONN. */
  void close() {
    try {
      int _ = (int) close.invokeExact(descriptor);
    } catch (Throwable e) {
      throw uncallable(e);
    }
  }

  private static int result(long returned, MemorySegment state) {
    return returned < 0 ? -(int) ERRNO.get(state, 0L) : (int) returned;
  }

  private static IllegalStateException uncallable(Throwable e) {
    return new IllegalStateException("the C library cannot be called", e);
  }
}
