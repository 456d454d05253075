package io.urubu.cli.pool;

import io.urubu.cli.session.Places;
import io.urubu.identity.Identity;
import io.urubu.identity.IdentityException;
import io.urubu.identity.PoolAuthority;
import io.urubu.identity.Role;
import io.urubu.identity.Subject;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Set;

/** The pool's authority and its daemons' identities, made at the first start and kept. */
final class PoolIdentities {
  private static final Set<PosixFilePermission> PRIVATE =
      PosixFilePermissions.fromString("rw-------");

  private final Places places;
  private final Host host;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();

  PoolIdentities(Places places, Host host, InstantSource clock) {
    this.places = places;
    this.host = host;
    this.clock = clock;
  }

  /** Sees to it that the daemon has an identity of this pool. */
  void provide(Role role, String localName, String daemonName, boolean service) throws IOException {
    Path file = places.identity(localName);
    if (Files.exists(file)) {
      return;
    }
    Identity identity =
        authority().issue(Subject.daemon(role, daemonName), clock.instant(), random);
    write(file, identity.toPem(), service);
  }

  private PoolAuthority authority() throws IOException {
    Path file = places.state().resolve("identity").resolve("authority.pem");
    if (!Files.exists(file)) {
      write(file, PoolAuthority.create(clock.instant(), random).toPem(), false);
    }
    try {
      return PoolAuthority.readPem(file);
    } catch (IdentityException e) {
      throw new PoolFailure(
          "%s is damaged: %s (restore it, or remove the folder %s to give every daemon a new identity)"
              .formatted(file, e.getMessage(), file.getParent()));
    }
  }

  /** The secret is never readable by others, and the file is complete or not there. */
  private void write(Path file, String text, boolean service) throws IOException {
    Path fresh = file.resolveSibling("." + file.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    try {
      Files.createFile(fresh, PosixFilePermissions.asFileAttribute(PRIVATE));
    } catch (FileAlreadyExistsException e) {
      throw new PoolFailure("another 'urubu up' is at work in " + file.getParent());
    }
    Files.writeString(fresh, text, StandardOpenOption.WRITE);
    if (service) {
      host.giveToService(fresh);
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
