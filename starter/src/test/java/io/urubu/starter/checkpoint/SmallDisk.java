package io.urubu.starter.checkpoint;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Assumptions;

/** A disk in memory that is soon full. */
record SmallDisk(Path path) implements AutoCloseable {
  static SmallDisk make(Path path, int megabytes) throws Exception {
    Files.createDirectories(path);
    int status =
        new ProcessBuilder(
                "mount",
                "-t",
                "tmpfs",
                "-o",
                "mode=0700,size=" + megabytes + "m",
                "x",
                path.toString())
            .redirectErrorStream(true)
            .start()
            .waitFor();
    Assumptions.assumeTrue(status == 0, "SKIPPED: only root may mount a small disk");
    return new SmallDisk(path);
  }

  void fillAsSoonAs(Path file) {
    long deadline = System.nanoTime() + 20_000_000_000L;
    while (!Files.exists(file) && System.nanoTime() < deadline) {
      LockSupport.parkNanos(100_000);
    }
    byte[] block = new byte[1 << 20];
    try (OutputStream filler = Files.newOutputStream(path.resolve("filler"))) {
      while (System.nanoTime() < deadline) {
        filler.write(block);
      }
    } catch (IOException _) {
      // It is full.
    }
  }

  @Override
  public void close() throws IOException {
    new ProcessBuilder("umount", "-l", path.toString()).start().onExit().join();
  }
}
