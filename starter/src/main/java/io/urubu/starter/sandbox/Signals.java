package io.urubu.starter.sandbox;

import io.urubu.command.presence.ProcessMark;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.time.Duration;

/**
 * Signals to processes and waits for their end through process descriptors, so that a number which
 * the kernel has given to another process meanwhile is never hit.
 */
final class Signals {
  // The same on x86-64 and ARM64.
  private static final long PIDFD_SEND_SIGNAL = 424;
  private static final long PIDFD_OPEN = 434;

  private static final short POLLIN = 1;

  private final MethodHandle open;
  private final MethodHandle poll;
  private final MethodHandle send;
  private final MethodHandle close;

  @SuppressWarnings("restricted") // functions of the C library, called as they are declared
  Signals() {
    Linker linker = Linker.nativeLinker();
    MemorySegment syscall = linker.defaultLookup().findOrThrow("syscall");
    this.open =
        linker.downcallHandle(
            syscall,
            FunctionDescriptor.of(
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_LONG),
            Linker.Option.firstVariadicArg(1));
    this.send =
        linker.downcallHandle(
            syscall,
            FunctionDescriptor.of(
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_LONG),
            Linker.Option.firstVariadicArg(1));
    this.poll =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("poll"),
            FunctionDescriptor.of(
                ValueLayout.JAVA_INT,
                ValueLayout.ADDRESS,
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_INT));
    this.close =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("close"),
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
  }

  /** False when that process is gone. */
  boolean send(ProcessMark process, Signal signal) {
    return send(process, signal.number());
  }

  boolean send(ProcessMark process, int signal) {
    try {
      long descriptor = (long) open.invokeExact(PIDFD_OPEN, process.pid(), 0L);
      if (descriptor < 0) {
        return false;
      }
      try {
        // From here on the number cannot be given away unseen.
        return process.isAlive()
            && (long) send.invokeExact(PIDFD_SEND_SIGNAL, descriptor, (long) signal, 0L, 0L) == 0;
      } finally {
        int _ = (int) close.invokeExact((int) descriptor);
      }
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("the C library cannot be called", e);
    }
  }

  /** Waits until that process has ended; false when it has not in time. */
  boolean awaitEnd(ProcessMark process, Duration limit) {
    try (Arena arena = Arena.ofConfined()) {
      long descriptor = (long) open.invokeExact(PIDFD_OPEN, process.pid(), 0L);
      if (descriptor < 0) {
        return true;
      }
      try {
        if (!process.isAlive()) {
          return true;
        }
        // struct pollfd: int fd, short events, short revents.
        MemorySegment request = arena.allocate(8, 4);
        request.set(ValueLayout.JAVA_INT, 0, (int) descriptor);
        request.set(ValueLayout.JAVA_SHORT, 4, POLLIN);
        return (int) poll.invokeExact(request, 1L, (int) limit.toMillis()) > 0;
      } finally {
        int _ = (int) close.invokeExact((int) descriptor);
      }
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("the C library cannot be called", e);
    }
  }
}
