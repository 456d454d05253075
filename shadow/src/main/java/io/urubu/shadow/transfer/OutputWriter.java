package io.urubu.shadow.transfer;

import io.urubu.shadow.runs.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Takes the bytes of one output; one thread at a time. */
public final class OutputWriter implements Intake {
  private static final Set<PosixFilePermission> PRIVATE =
      PosixFilePermissions.fromString("rw-------");

  private final OutputStore store;
  private final String name;
  private final int mode;
  private final Optional<Destination> destination;
  private final MessageDigest digest = Sha256.digest();
  private long size;

  /** Where the bytes go while they come. */
  record Destination(Landing landing, Path partial, Path whole, FileChannel channel) {}

  OutputWriter(OutputStore store, String name, int mode, Optional<Destination> destination) {
    this.store = store;
    this.name = name;
    this.mode = mode;
    this.destination = destination;
  }

  static Destination open(Landing landing, Path partial, Path whole) throws FaultException {
    try {
      Files.deleteIfExists(partial);
      FileChannel channel =
          FileChannel.open(
              partial,
              EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              PosixFilePermissions.asFileAttribute(PRIVATE));
      return new Destination(landing, partial, whole, channel);
    } catch (IOException e) {
      throw failed(landing, e);
    }
  }

  @Override
  public void write(ByteBuffer bytes) throws FaultException {
    size += bytes.remaining();
    store.count(bytes.remaining());
    digest.update(bytes.duplicate());
    if (destination.isPresent()) {
      try {
        while (bytes.hasRemaining()) {
          destination.get().channel().write(bytes);
        }
      } catch (IOException e) {
        throw failed(destination.get().landing(), e);
      }
    }
  }

  @Override
  public void finish(long saidSize, Sha256 saidSha256) throws RefusedException, FaultException {
    Sha256 sha256 = Sha256.of(digest.digest());
    if (size != saidSize || !sha256.equals(saidSha256)) {
      abort();
      throw new RefusedException(
          "output '%s': came with %d bytes and another content than said (%d bytes)"
              .formatted(name, size, saidSize));
    }
    if (destination.isPresent()) {
      keep(destination.get(), sha256);
    }
  }

  private void keep(Destination to, Sha256 sha256) throws FaultException {
    try (FileChannel channel = to.channel()) {
      Files.setPosixFilePermissions(to.partial(), permissions(mode));
      channel.force(true);
      store.keep(
          new OutputStore.Kept(name, to.landing(), to.whole(), size, sha256),
          () -> {
            Files.move(to.partial(), to.whole(), StandardCopyOption.ATOMIC_MOVE);
            Folders.force(to.landing().folder());
          });
    } catch (IOException e) {
      throw failed(to.landing(), e);
    } finally {
      store.forget(this);
    }
  }

  @Override
  public void abort() {
    store.forget(this);
    destination.ifPresent(
        to -> {
          try {
            to.channel().close();
            Files.deleteIfExists(to.partial());
          } catch (IOException _) {
            // What cannot be removed now is swept when the run is over.
          }
        });
  }

  /** Never more than the owner may write, and nobody gets rights by running it. */
  private static Set<PosixFilePermission> permissions(int mode) {
    Set<PosixFilePermission> permissions = EnumSet.copyOf(PRIVATE);
    String letters = "rwxr-xr-x";
    PosixFilePermissions.fromString(letters)
        .forEach(
            permission -> {
              if ((mode & bit(permission)) != 0) {
                permissions.add(permission);
              }
            });
    return permissions;
  }

  private static int bit(PosixFilePermission permission) {
    return switch (permission) {
      case OWNER_READ -> 0400;
      case OWNER_WRITE -> 0200;
      case OWNER_EXECUTE -> 0100;
      case GROUP_READ -> 040;
      case GROUP_WRITE -> 020;
      case GROUP_EXECUTE -> 010;
      case OTHERS_READ -> 04;
      case OTHERS_WRITE -> 02;
      case OTHERS_EXECUTE -> 01;
    };
  }

  private static FaultException failed(Landing landing, IOException cause) {
    return Landing.unusable(landing.target(), Folders.problem(landing.folder(), cause));
  }
}
