package io.urubu.starter.scratch;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** The files of one generation. A job may change its folder: no link in it is followed. */
public final class GenerationFiles {
  private GenerationFiles() {}

  /**
   * Makes a new file.
   *
   * @param name one without a slash
   */
  public static FileChannel create(Path generation, String name) throws IOException {
    return FileChannel.open(
        generation.resolve(single(name)),
        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
  }

  /** Opens a file for reading; only a regular one. */
  public static SeekableByteChannel open(Path generation, String name) throws IOException {
    Path path = single(name);
    try (DirectoryStream<Path> all = Files.newDirectoryStream(generation.getParent());
        DirectoryStream<Path> folder = beneath(all, generation.getFileName())) {
      SecureDirectoryStream<Path> secure = secure(folder);
      if (!secure
          .getFileAttributeView(path, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
          .readAttributes()
          .isRegularFile()) {
        throw new NoSuchFileException(path.toString(), null, "it is no regular file");
      }
      return secure.newByteChannel(
          path, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
    }
  }

  private static DirectoryStream<Path> beneath(DirectoryStream<Path> folder, Path name)
      throws IOException {
    return secure(folder).newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS);
  }

  private static SecureDirectoryStream<Path> secure(DirectoryStream<Path> stream)
      throws IOException {
    if (stream instanceof SecureDirectoryStream<Path> secure) {
      return secure;
    }
    throw new IOException("this Java runtime cannot open files beneath a folder");
  }

  private static Path single(String name) throws IOException {
    try {
      ScratchName parts = ScratchName.of(name);
      if (parts.parts().size() == 1) {
        return FileName.toPath(name);
      }
    } catch (IllegalArgumentException e) {
      throw new IOException("'" + name + "' is no name of a checkpoint's file", e);
    }
    throw new IOException("'" + name + "' is no name of a checkpoint's file");
  }
}
