package io.urubu.starter.sandbox;

import io.urubu.command.presence.ProcessMark;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs commands in a sandbox's network. Bubblewrap leaves its processes in a user namespace beneath
 * the one that owns the network: the kernel is asked for that one.
 */
final class Namespaces {
  private static final int O_CLOEXEC = 0x80000;
  private static final long NS_GET_USERNS = 0xb701;

  private final MethodHandle open;
  private final MethodHandle ioctl;
  private final MethodHandle close;

  @SuppressWarnings("restricted") // functions of the C library, called as they are declared
  Namespaces() {
    Linker linker = Linker.nativeLinker();
    this.open =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("open"),
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT),
            Linker.Option.firstVariadicArg(2));
    this.ioctl =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("ioctl"),
            FunctionDescriptor.of(
                ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG),
            Linker.Option.firstVariadicArg(2));
    this.close =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("close"),
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
  }

  /**
   * Starts the command in the network of that process.
   *
   * @throws IOException when the process is gone
   */
  Started start(ProcessMark process, List<String> command, ProcessBuilder builder)
      throws IOException {
    int network = open("/proc/" + process.pid() + "/ns/net");
    int owner = -1;
    try {
      owner = call(ioctl, network, NS_GET_USERNS);
      if (network < 0 || owner < 0 || !process.isAlive()) {
        throw new IOException("the sandbox is gone");
      }
      String own = "/proc/" + ProcessHandle.current().pid() + "/fd/";
      List<String> words = new ArrayList<>(List.of("nsenter", "--preserve-credentials"));
      words.add("--user=" + own + owner);
      words.add("--net=" + own + network);
      words.add("--");
      words.addAll(command);
      int first = network;
      int second = owner;
      return new Started(
          builder.command(words).redirectErrorStream(true).start(), () -> close(first, second));
    } catch (IOException | RuntimeException e) {
      close(network, owner);
      throw e;
    }
  }

  /**
   * @param release to be called when the command has ended: it may not have entered before
   */
  record Started(Process process, Runnable release) {}

  private int open(String path) {
    try (Arena arena = Arena.ofConfined()) {
      return (int) open.invokeExact(arena.allocateFrom(path), O_CLOEXEC);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("the C library cannot be called", e);
    }
  }

  private static int call(MethodHandle function, int descriptor, long request) {
    try {
      return (int) function.invokeExact(descriptor, request);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("the C library cannot be called", e);
    }
  }

  private void close(int... descriptors) {
    for (int descriptor : descriptors) {
      if (descriptor < 0) {
        continue;
      }
      try {
        int _ = (int) close.invokeExact(descriptor);
      } catch (RuntimeException | Error e) {
        throw e;
      } catch (Throwable e) {
        throw new IllegalStateException("the C library cannot be called", e);
      }
    }
  }
}
