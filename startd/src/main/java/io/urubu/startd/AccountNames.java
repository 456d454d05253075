package io.urubu.startd;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * Asks the system's user database, wherever it has its users from.
 *
 * @param folder where root may make a file for a moment
 */
record AccountNames(Path folder) {

  /** True when some account of the system has that user id. */
  boolean hasName(int uid) {
    try {
      Path probe = Files.createTempFile(folder, ".account-", "");
      try {
        Files.setAttribute(probe, "unix:uid", uid, LinkOption.NOFOLLOW_LINKS);
        // An owner without a name is shown by its number.
        return !Files.getOwner(probe).getName().equals(Integer.toString(uid));
      } finally {
        Files.delete(probe);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot ask for the name of account " + uid, e);
    }
  }
}
