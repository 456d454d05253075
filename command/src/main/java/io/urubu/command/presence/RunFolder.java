package io.urubu.command.presence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * The folder {@code RUN/<name>} of one daemon: {@code pid}, {@code command.sock}, and {@code
 * address} when it has a network port. Written by the daemon, read by whoever looks for it.
 */
public record RunFolder(Path path) {

  public static RunFolder of(Path run, String daemon) {
    return new RunFolder(run.resolve(daemon));
  }

  public Path socket() {
    return path.resolve("command.sock");
  }

  /** The process that wrote its mark here, if it is alive. */
  public Optional<ProcessMark> living() {
    return read("pid").flatMap(ProcessMark::parse).filter(ProcessMark::isAlive);
  }

  /** {@code host:port} of the daemon's server, as last published. */
  public Optional<String> address() {
    return read("address");
  }

  public void writeMark(ProcessMark mark) throws IOException {
    write("pid", mark.toString());
  }

  /** Lets others find the daemon's server; replaces what was published before. */
  public void publish(String file, String text) throws IOException {
    write(file, text);
  }

  /** Removes what {@link #writeMark} and {@link #publish} wrote. */
  public void clear() throws IOException {
    try (var files = Files.newDirectoryStream(path)) {
      for (Path file : files) {
        if (Files.isRegularFile(file)) {
          Files.deleteIfExists(file);
        }
      }
    } catch (NoSuchFileException _) {
      // Somebody has cleared the whole folder already.
    }
  }

  private Optional<String> read(String file) {
    try {
      return Optional.of(Files.readString(path.resolve(file)).strip())
          .filter(text -> !text.isEmpty());
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  private void write(String file, String text) throws IOException {
    Path fresh = path.resolve("." + file + ".new");
    Files.writeString(fresh, text + "\n");
    Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-r--r--"));
    Files.move(
        fresh,
        path.resolve(file),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }
}
