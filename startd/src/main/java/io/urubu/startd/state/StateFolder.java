package io.urubu.startd.state;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.urubu.classad.ClassAd;
import io.urubu.classad.ClassAdSyntaxException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * A folder of small named records. A write is on disk when it returns, and either whole or not
 * there. Only the daemon's account may read them.
 */
public final class StateFolder {
  private static final String MAGIC = "urubu-startd-state 1 ";
  private static final String SUFFIX = ".ad";
  private static final int LARGEST = 64 << 10;

  private final Path folder;

  private StateFolder(Path folder) {
    this.folder = folder;
  }

  /** What a record's file holds. */
  public sealed interface Content {
    /** There is no such record. */
    record Absent() implements Content {}

    /** The record as it was written. */
    record Intact(ClassAd ad) implements Content {}

    /** The file cannot be used; it was put aside under that name. */
    record Damaged(String problem, Path putAside) implements Content {}
  }

  public static StateFolder open(Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    return new StateFolder(folder);
  }

  /** Names of the records that are there, in their order. */
  public List<String> names() throws IOException {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        names.add(name.substring(0, name.length() - SUFFIX.length()));
      }
    }
    return names.stream().sorted().toList();
  }

  /** Replaces the record. */
  public void write(String name, ClassAd ad) throws IOException {
    byte[] body = ad.toString().getBytes(UTF_8);
    byte[] head = (MAGIC + checksum(body, 0, body.length) + "\n").getBytes(UTF_8);
    Path fresh = folder.resolve(name + ".new");
    Files.deleteIfExists(fresh);
    try (FileChannel channel =
        FileChannel.open(
            fresh,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      ByteBuffer bytes = ByteBuffer.allocate(head.length + body.length).put(head).put(body).flip();
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(fresh, file(name), StandardCopyOption.ATOMIC_MOVE);
    syncFolder();
  }

  /** The record is gone when this returns, also after a power cut. */
  public void delete(String name) throws IOException {
    if (Files.deleteIfExists(file(name))) {
      syncFolder();
    }
  }

  /** Reads a record; one that is damaged is put aside, so that it is reported once. */
  public Content read(String name) throws IOException {
    byte[] bytes;
    try {
      if (Files.size(file(name)) > LARGEST) {
        return damaged(name, "it is larger than " + LARGEST + " bytes");
      }
      bytes = Files.readAllBytes(file(name));
    } catch (NoSuchFileException _) {
      return new Content.Absent();
    }
    Optional<String> body = body(bytes);
    if (body.isEmpty()) {
      return damaged(name, "its checksum is wrong or missing");
    }
    try {
      return new Content.Intact(ClassAd.parse(body.get()));
    } catch (ClassAdSyntaxException e) {
      return damaged(name, "it holds no ad: " + e.getMessage());
    }
  }

  private static Optional<String> body(byte[] bytes) {
    int line = 0;
    while (line < bytes.length && bytes[line] != '\n') {
      line++;
    }
    if (line == bytes.length) {
      return Optional.empty();
    }
    String head = new String(bytes, 0, line, UTF_8);
    int length = bytes.length - line - 1;
    return head.equals(MAGIC + checksum(bytes, line + 1, length))
        ? Optional.of(new String(bytes, line + 1, length, UTF_8))
        : Optional.empty();
  }

  private Content damaged(String name, String problem) throws IOException {
    Path aside = folder.resolve(name + ".damaged");
    Files.move(
        file(name), aside, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    return new Content.Damaged(problem, aside);
  }

  private Path file(String name) {
    return folder.resolve(name + SUFFIX);
  }

  private void syncFolder() throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static String checksum(byte[] bytes, int from, int length) {
    CRC32 crc = new CRC32();
    crc.update(bytes, from, length);
    return Long.toHexString(crc.getValue());
  }
}
