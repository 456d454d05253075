package io.urubu.daemon.process;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.function.LongSupplier;

/**
 * The kernel's CLOCK_BOOTTIME: it goes on while a laptop sleeps, so a lease that ran out under a
 * closed lid has run out when the lid is opened. {@code System.nanoTime} stands still meanwhile.
 */
final class BootClock {
  private static final int CLOCK_BOOTTIME = 7;
  private static final MemoryLayout TIMESPEC =
      MemoryLayout.structLayout(ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG);

  private BootClock() {}

  /** Nanoseconds since boot; any thread may ask. */
  @SuppressWarnings("restricted") // one function of the C library, called as it is declared
  static LongSupplier ticker() {
    Linker linker = Linker.nativeLinker();
    MethodHandle clockGettime =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("clock_gettime"),
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS));
    return () -> read(clockGettime);
  }

  private static long read(MethodHandle clockGettime) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment time = arena.allocate(TIMESPEC);
      int result = (int) clockGettime.invokeExact(CLOCK_BOOTTIME, time);
      if (result != 0) {
        throw new IllegalStateException("the kernel has no CLOCK_BOOTTIME");
      }
      return time.get(ValueLayout.JAVA_LONG, 0) * 1_000_000_000L
          + time.get(ValueLayout.JAVA_LONG, Long.BYTES);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("clock_gettime cannot be called", e);
    }
  }
}
