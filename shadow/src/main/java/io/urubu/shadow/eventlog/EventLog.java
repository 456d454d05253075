package io.urubu.shadow.eventlog;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;

/**
 * Appends texts to the user's event logs, each once: a text that a crash kept from being
 * acknowledged is found again, one that it tore is completed. Others may append to the same file at
 * the same time; nothing is ever cut off. One thread per path at a time.
 */
public final class EventLog {
  /** No text is longer. */
  public static final int MAX_TEXT_BYTES = 4 << 20;

  /** How far back an unknown file is searched for a text. */
  private static final long MAX_SEARCH_BYTES = 16L << 20;

  private static final Path NOWHERE = Path.of("/dev/null");

  private EventLog() {}

  /**
   * Appends the text unless the bytes from the offset on hold it already. It is durable on return.
   *
   * @param expectedOffset the file's size when everything before was written; -1 when nothing was
   * @return where the text ends in the file
   */
  public static long append(Path path, long expectedOffset, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (!path.isAbsolute() || bytes.length == 0 || bytes.length > MAX_TEXT_BYTES) {
      throw new IOException(
          "an event of %d bytes for '%s': 1 to %d bytes for an absolute path are allowed"
              .formatted(bytes.length, path, MAX_TEXT_BYTES));
    }
    if (path.equals(NOWHERE)) {
      return 0;
    }
    boolean isNew = create(path);
    try (FileChannel in = FileChannel.open(path, StandardOpenOption.READ);
        FileChannel out =
            FileChannel.open(
                path, EnumSet.of(StandardOpenOption.WRITE, StandardOpenOption.APPEND))) {
      Tail tail = Tail.read(in, expectedOffset, MAX_SEARCH_BYTES);
      long found = tail.endOf(bytes);
      if (found < 0) {
        int begun = tail.begunWith(bytes);
        write(out, ByteBuffer.wrap(bytes, begun, bytes.length - begun));
        found = out.size();
      }
      out.force(false);
      if (isNew) {
        force(path);
      }
      return found;
    }
  }

  /** Refuses what is no file before it is opened: to open a pipe would wait for a reader. */
  private static boolean create(Path path) throws IOException {
    if (Files.exists(path)) {
      if (!Files.isRegularFile(path)) {
        throw new IOException(path + " is no regular file");
      }
      return false;
    }
    FileChannel.open(
            path,
            EnumSet.of(
                StandardOpenOption.WRITE, StandardOpenOption.APPEND, StandardOpenOption.CREATE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r--r--")))
        .close();
    return true;
  }

  private static void write(FileChannel out, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      out.write(bytes);
    }
  }

  private static void force(Path path) throws IOException {
    Path folder = path.toRealPath().getParent();
    if (folder == null) {
      throw new NoSuchFileException(path.toString());
    }
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
