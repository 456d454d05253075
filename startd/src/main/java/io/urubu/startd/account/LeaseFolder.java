package io.urubu.startd.account;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.urubu.classad.ClassAd;
import io.urubu.classad.ClassAdSyntaxException;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The host's register of lent accounts: one file per account, whole from the moment that it is
 * there, made by one startd alone. The folder is there while a lease is.
 */
final class LeaseFolder {
  private static final int ATTEMPTS = 100;
  private static final int LARGEST = 16 << 10;

  private final Path folder;
  private final String own;

  /**
   * @param own tells this process's passing files from those of others
   */
  LeaseFolder(Path folder, String own) {
    this.folder = folder;
    this.own = own;
  }

  /** The accounts that are lent now, by whomever. */
  List<Integer> lent() throws IOException {
    List<Integer> uids = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "[1-9]*")) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        if (name.chars().allMatch(Character::isDigit) && name.length() < 10) {
          uids.add(Integer.parseInt(name));
        }
      }
    } catch (NoSuchFileException | NotDirectoryException _) {
      return List.of();
    }
    return uids.stream().sorted().toList();
  }

  /** The lease's text; empty when the account is not lent. */
  Optional<String> read(int uid) throws IOException {
    try {
      return Files.size(file(uid)) > LARGEST
          ? Optional.of("")
          : Optional.of(Files.readString(file(uid)));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    }
  }

  static Optional<Holder> holder(String text) {
    try {
      return Holder.fromAd(ClassAd.parse(text));
    } catch (ClassAdSyntaxException _) {
      return Optional.empty();
    }
  }

  /** False when somebody has a lease on the account. */
  boolean create(int uid, Holder holder) throws IOException {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Files.createDirectories(folder);
      Path fresh = passing(uid, "new");
      try {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        Files.write(fresh, holder.toAd().toString().getBytes(UTF_8));
        Files.createLink(file(uid), fresh);
        return true;
      } catch (FileAlreadyExistsException _) {
        return false;
      } catch (NoSuchFileException _) {
        // Another startd removed the empty folder just now.
      } finally {
        Files.deleteIfExists(fresh);
      }
    }
    throw new IOException(folder + " vanishes again and again");
  }

  /** Removes the lease, but only the one that was read. */
  boolean remove(int uid, String expected) throws IOException {
    Path aside = passing(uid, "old");
    try {
      Files.move(file(uid), aside, StandardCopyOption.ATOMIC_MOVE);
      if (!Files.readString(aside).equals(expected)) {
        // Somebody else removed the old one first and made this one: it is given back to him.
        Files.createLink(file(uid), aside);
        return false;
      }
      return true;
    } catch (NoSuchFileException _) {
      return false;
    } finally {
      Files.deleteIfExists(aside);
    }
  }

  void removeWhenEmpty() throws IOException {
    try {
      Files.deleteIfExists(folder);
    } catch (DirectoryNotEmptyException _) {
      // Others lend accounts still.
    }
  }

  private Path file(int uid) {
    return folder.resolve(Integer.toString(uid));
  }

  private Path passing(int uid, String kind) {
    return folder.resolve("." + uid + "." + kind + "." + own);
  }
}
