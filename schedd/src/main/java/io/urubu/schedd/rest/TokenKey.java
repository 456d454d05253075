package io.urubu.schedd.rest;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.Set;

/** 256 random bits that sign the tokens of one schedd. Never shown. */
final class TokenKey {
  private static final int LENGTH = 32;
  private static final Set<PosixFilePermission> OWNER_ONLY =
      EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  private final byte[] bytes;

  private TokenKey(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Reads the key, or makes one that is durable when this returns. */
  static TokenKey provide(Path file, SecureRandom random) throws IOException {
    try {
      return read(file);
    } catch (NoSuchFileException _) {
      create(file, random);
      return read(file);
    }
  }

  private static TokenKey read(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    if (bytes.length != LENGTH) {
      throw new IOException(
          file + " holds " + bytes.length + " bytes, a key has 32: remove it to get a new one");
    }
    if (!EnumSet.copyOf(Files.getPosixFilePermissions(file)).equals(OWNER_ONLY)) {
      throw new IOException(
          file + " may be read by others: remove it to get a new key, all tokens end with it");
    }
    return new TokenKey(bytes);
  }

  /** The name appears when the content is durable. */
  private static void create(Path file, SecureRandom random) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Path fresh = file.resolveSibling("." + file.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    byte[] bytes = new byte[LENGTH];
    random.nextBytes(bytes);
    try (FileChannel channel =
        FileChannel.open(
            fresh,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(OWNER_ONLY))) {
      ByteBuffer rest = ByteBuffer.wrap(bytes);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
      channel.force(true);
    }
    try {
      Files.createLink(file, fresh);
    } catch (FileAlreadyExistsException _) {
      // Another process of this schedd was faster: its key counts.
    }
    Files.deleteIfExists(fresh);
  }

  byte[] bytes() {
    return bytes.clone();
  }

  @Override
  public String toString() {
    return "TokenKey[hidden]";
  }
}
