package io.urubu.benchmarks.owner;

import io.urubu.classad.ClassAd;
import io.urubu.command.CommandConnection;
import io.urubu.command.PoolException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Somebody who touches the keyboard. */
interface Owner extends AutoCloseable {
  /** Returns at the moment after which the pool can know. */
  long touch() throws IOException;

  /** Goes away; the machine's idleness is seen as its sensors see it. */
  void leave() throws IOException;

  @Override
  void close() throws IOException;

  /** The simulated owner of a personal pool. */
  record Simulated(Path socket) implements Owner {
    @Override
    public long touch() throws IOException {
      long at = System.nanoTime();
      tell(true);
      return at;
    }

    @Override
    public void leave() throws IOException {
      tell(false);
    }

    private void tell(boolean isActive) throws IOException {
      try (CommandConnection startd = CommandConnection.connect(socket)) {
        startd.call(
            ClassAd.builder().put("Command", "Owner").put("Active", isActive).build(), _ -> {});
      } catch (PoolException e) {
        throw new IOException(e);
      }
    }

    @Override
    public void close() {}
  }

  /** Types on a pseudo terminal on which a program reads. */
  final class Typist implements Owner {
    private final Process terminal;

    Typist() throws IOException {
      terminal =
          new ProcessBuilder("script", "-qfc", "cat", "/dev/null")
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
    }

    @Override
    public long touch() throws IOException {
      long at = System.nanoTime();
      OutputStream keys = terminal.getOutputStream();
      keys.write("x\n".getBytes(StandardCharsets.US_ASCII));
      keys.flush();
      return at;
    }

    @Override
    public void leave() {}

    @Override
    public void close() {
      terminal.destroy();
    }
  }
}
