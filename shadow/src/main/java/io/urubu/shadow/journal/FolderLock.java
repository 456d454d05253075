package io.urubu.shadow.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps a folder for one living process. The kernel's lock alone can get lost (a file system over
 * the network, a descriptor closed by mistake), so the file also names its holder, by pid and the
 * time at which that process started; a holder that still lives keeps the folder.
 */
final class FolderLock implements AutoCloseable {
  private final FileChannel channel;

  private FolderLock(FileChannel channel) {
    this.channel = channel;
  }

  static FolderLock take(Path folder) throws IOException {
    Path file = folder.resolve("lock");
    FileChannel channel =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      if (!lock(channel)) {
        throw new JournalException(folder + ": another shadow serves from this folder");
      }
      String before = content(channel);
      String mine = name(ProcessHandle.current().pid()).orElseThrow();
      if (!before.equals(mine) && isAlive(before)) {
        throw new JournalException(
            folder + ": the shadow before lives without its lock, as process " + before);
      }
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(mine.getBytes(StandardCharsets.US_ASCII)), 0);
      channel.force(true);
      return new FolderLock(channel);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static boolean lock(FileChannel channel) throws IOException {
    try {
      FileLock held = channel.tryLock();
      return held != null;
    } catch (OverlappingFileLockException _) {
      return false;
    }
  }

  private static String content(FileChannel channel) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(64);
    channel.read(bytes, 0);
    return new String(bytes.array(), 0, bytes.position(), StandardCharsets.US_ASCII);
  }

  private static boolean isAlive(String name) throws IOException {
    int blank = name.indexOf(' ');
    if (blank < 1) {
      return false;
    }
    try {
      return name(Long.parseLong(name.substring(0, blank))).filter(name::equals).isPresent();
    } catch (NumberFormatException _) {
      return false;
    }
  }

  /** Pid and start ticks; empty for a process that does not exist or only waits to be reaped. */
  private static Optional<String> name(long pid) throws IOException {
    Path stat = Path.of("/proc", Long.toString(pid), "stat");
    String text;
    try {
      text = Files.readString(stat, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      if (Files.exists(stat)) {
        throw e;
      }
      return Optional.empty();
    }
    // The command's name, in parentheses, may hold anything, also blanks and parentheses.
    String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" ", -1);
    boolean dead = fields[0].equals("Z") || fields[0].equals("X");
    return dead ? Optional.empty() : Optional.of(pid + " " + fields[19]);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
