package io.urubu.remotefile.fuse;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/**
 * A real mount of this process's, which root may make. A test asks its own process, so a guardian
 * cuts the mount off when the test is over or its process is killed: it could not die else.
 */
final class TestMount implements AutoCloseable {
  private static final int O_RDWR = 2;
  private static final int O_CLOEXEC = 02000000;
  private static final int MNT_DETACH = 2;
  private static final long MS_NOSUID_NODEV = 6;

  final int descriptor;
  private final Path path;
  private final Process guardian;

  private TestMount(int descriptor, Path path, Process guardian) {
    this.descriptor = descriptor;
    this.path = path;
    this.guardian = guardian;
  }

  private static final String GUARDIAN =
      """
      mount -t fusectl none /sys/fs/fuse/connections || exit
      echo ready
      read -r connection
      while ! read -r -t 1; do
        case $(cut -d ' ' -f 3 "/proc/$1/stat" 2>/dev/null) in
          Z | '') break ;;
        esac
      done
      echo 1 2>/dev/null >"/sys/fs/fuse/connections/$connection/abort"
      """;

  /** In a namespace from before the mount: in a later one the mount would live on. */
  private static Process guardian() throws IOException {
    String pid = Long.toString(ProcessHandle.current().pid());
    Process guardian =
        new ProcessBuilder("unshare", "--mount", "bash", "-c", GUARDIAN, "guardian", pid).start();
    Assumptions.assumeTrue(
        guardian.getInputStream().read() == 'r', "SKIPPED: no guardian can be started");
    return guardian;
  }

  private static void tell(Process guardian, String line) throws IOException {
    guardian.getOutputStream().write((line + "\n").getBytes(StandardCharsets.US_ASCII));
    guardian.getOutputStream().flush();
  }

  private static String connection(Path path) throws IOException {
    return Files.readAllLines(Path.of("/proc/self/mountinfo")).stream()
        .map(line -> line.split(" ", 6))
        .filter(fields -> fields[4].equals(path.toString()))
        .map(fields -> fields[2].substring(fields[2].indexOf(':') + 1))
        .findFirst()
        .orElseThrow();
  }

  /** Skips the test where this is not permitted. */
  static TestMount make(Path path) throws Exception {
    Assumptions.assumeTrue(
        Files.isWritable(Path.of("/dev/fuse"))
            && Files.isWritable(Path.of("/proc/1/oom_score_adj")),
        "SKIPPED: a real mount needs root and /dev/fuse");
    Process guardian = guardian();
    try (Arena arena = Arena.ofConfined()) {
      int descriptor =
          (int)
              function("open", 2, ValueLayout.ADDRESS, ValueLayout.JAVA_INT)
                  .invokeExact(arena.allocateFrom("/dev/fuse"), O_RDWR | O_CLOEXEC);
      String options = "fd=" + descriptor + ",rootmode=40000,user_id=0,group_id=0";
      MethodHandle mount =
          function(
              "mount",
              5,
              ValueLayout.ADDRESS,
              ValueLayout.ADDRESS,
              ValueLayout.ADDRESS,
              ValueLayout.JAVA_LONG,
              ValueLayout.ADDRESS);
      MemorySegment where = arena.allocateFrom(path.toString());
      int result =
          (int)
              mount.invokeExact(
                  arena.allocateFrom("urubu-test"),
                  where,
                  arena.allocateFrom("fuse"),
                  MS_NOSUID_NODEV,
                  arena.allocateFrom(options));
      Assumptions.assumeTrue(result == 0, "SKIPPED: mount(2) is not permitted here");
      tell(guardian, connection(path));
      return new TestMount(descriptor, path, guardian);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IOException("cannot mount", e);
    }
  }

  @SuppressWarnings("restricted") // functions of the C library, called as they are declared
  private static MethodHandle function(
      String name, int fixed, java.lang.foreign.MemoryLayout... parameters) {
    Linker linker = Linker.nativeLinker();
    MemorySegment address = linker.defaultLookup().findOrThrow(name);
    FunctionDescriptor type = FunctionDescriptor.of(ValueLayout.JAVA_INT, parameters);
    return name.equals("open")
        ? linker.downcallHandle(address, type, Linker.Option.firstVariadicArg(fixed - 1))
        : linker.downcallHandle(address, type);
  }

  /** Ends the mount, whoever still uses it. */
  void unmount() throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      int _ =
          (int)
              function("umount2", 2, ValueLayout.ADDRESS, ValueLayout.JAVA_INT)
                  .invokeExact(arena.allocateFrom(path.toString()), MNT_DETACH);
    } catch (Throwable e) {
      throw new IOException("cannot unmount", e);
    }
  }

  /** Whoever still waits gets an error. */
  @Override
  public void close() throws IOException {
    try {
      tell(guardian, "");
      guardian.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      unmount();
    }
  }
}
