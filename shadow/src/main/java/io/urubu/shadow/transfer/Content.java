package io.urubu.shadow.transfer;

import io.urubu.shadow.runs.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.EnumSet;
import java.util.List;

/** Whole files, read piece by piece. */
final class Content {
  private static final int PIECE = 1 << 18;

  private Content() {}

  static Sha256 hash(Path file) throws IOException {
    MessageDigest digest = Sha256.digest();
    byte[] piece = new byte[PIECE];
    try (InputStream in = Files.newInputStream(file)) {
      for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
        digest.update(piece, 0, count);
      }
    }
    return Sha256.of(digest.digest());
  }

  /** Writes the files one after the other into a new one, durably. */
  static Sha256 join(List<Path> parts, Path whole) throws IOException {
    MessageDigest digest = Sha256.digest();
    byte[] piece = new byte[PIECE];
    Files.deleteIfExists(whole);
    try (FileChannel out =
        FileChannel.open(
            whole,
            EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(
                Files.getPosixFilePermissions(parts.getFirst())))) {
      for (Path part : parts) {
        try (InputStream in = Files.newInputStream(part)) {
          for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
            digest.update(piece, 0, count);
            write(out, ByteBuffer.wrap(piece, 0, count));
          }
        }
      }
      out.force(true);
    }
    return Sha256.of(digest.digest());
  }

  private static void write(FileChannel out, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      out.write(bytes);
    }
  }
}
