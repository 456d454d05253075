package io.urubu.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/** Every change that the store makes; between any two of them the process may die. */
final class Disk {
  private static final long MOST_MARGIN = 1L << 30;

  private final Steps steps;

  /** Is told of each change before it is made. */
  @FunctionalInterface
  interface Steps {
    void before(String change, Path at) throws IOException;
  }

  Disk(Steps steps) {
    this.steps = steps;
  }

  /** Only its owner may look into it; one that is there already is as good. */
  void makeFolder(Path folder) throws IOException {
    steps.before("make folder", folder);
    try {
      Files.createDirectory(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } catch (FileAlreadyExistsException e) {
      if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
        throw e;
      }
    }
  }

  FileChannel create(Path file) throws IOException {
    steps.before("create", file);
    return FileChannel.open(
        file,
        EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
  }

  void write(FileChannel channel, ByteBuffer bytes, Path file) throws IOException {
    steps.before("write", file);
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  void force(FileChannel channel, Path file) throws IOException {
    steps.before("force", file);
    channel.force(true);
  }

  /** Makes the names in the folder durable. */
  void forceFolder(Path folder) throws IOException {
    steps.before("force folder", folder);
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  void move(Path from, Path to) throws IOException {
    steps.before("move", to);
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
  }

  void delete(Path file) throws IOException {
    steps.before("delete", file);
    Files.deleteIfExists(file);
  }

  /** Follows no link. */
  void deleteTree(Path folder) throws IOException {
    for (Path entry : list(folder)) {
      if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
        deleteTree(entry);
      } else {
        delete(entry);
      }
    }
    delete(folder);
  }

  /** Empty for a folder that is not there. */
  static List<Path> list(Path folder) throws IOException {
    List<Path> entries = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
      stream.forEach(entries::add);
      return entries;
    } catch (NoSuchFileException _) {
      return List.of();
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  /** Others must be able to go on working on the same disk. */
  static void checkRoom(Path folder) throws StoreException {
    try {
      FileStore disk = Files.getFileStore(folder);
      long margin = Math.min(disk.getTotalSpace() / 20, MOST_MARGIN);
      if (disk.getUsableSpace() <= margin) {
        throw new StoreException(
            "%s: no room for a checkpoint: %d bytes of %d are free, %d must stay free; free some space there, or move SPOOL to a larger disk"
                .formatted(folder, disk.getUsableSpace(), disk.getTotalSpace(), margin));
      }
    } catch (IOException e) {
      throw failed(folder, e);
    }
  }

  static StoreException failed(Path folder, IOException cause) {
    String problem =
        cause instanceof AccessDeniedException
            ? "may not be written; let the user write it"
            : "cannot keep a checkpoint: " + text(cause) + room(folder);
    return new StoreException(folder + ": " + problem, cause);
  }

  private static String text(IOException cause) {
    return cause instanceof FileSystemException
        ? cause.toString()
        : String.valueOf(cause.getMessage());
  }

  private static String room(Path folder) {
    Path there = folder;
    while (!Files.exists(there) && there.getParent() != null) {
      there = there.getParent();
    }
    try {
      FileStore disk = Files.getFileStore(there);
      return " (%d bytes of %d are free there); free some space, or mend the disk"
          .formatted(disk.getUsableSpace(), disk.getTotalSpace());
    } catch (IOException _) {
      return "; mend the disk";
    }
  }
}
