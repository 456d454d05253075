package io.urubu.startd.starters;

import io.urubu.startd.account.LentAccounts;
import io.urubu.startd.state.StateFolder;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folders in which starters live, {@code EXECUTE/s<N>}, the accounts that own them, and the
 * records of both. A folder is known on disk before a starter is in it, and until it is swept.
 */
final class Lodgings {
  private static final Logger log = LoggerFactory.getLogger(Lodgings.class);

  private static final int MOST = 10_000;

  private final Path execute;
  private final StateFolder state;
  private final Optional<LentAccounts> accounts;
  private final Sweeper sweeper;

  /**
   * @param accounts empty where all is one user
   */
  Lodgings(Path execute, StateFolder state, Optional<LentAccounts> accounts, Sweeper sweeper) {
    this.execute = execute;
    this.state = state;
    this.accounts = accounts;
    this.sweeper = sweeper;
  }

  /** A fresh folder for the user's starter. */
  synchronized StarterRecord take(String user) throws IOException {
    Path folder = makeFolder();
    OptionalInt uid = OptionalInt.empty();
    try {
      if (accounts.isPresent()) {
        // The folder is there first: a lease for a folder that is not counts as dead.
        uid = OptionalInt.of(accounts.get().lend(folder, this::sweepForeign));
      }
      StarterRecord record = new StarterRecord(user, folder, uid);
      state.write(record.name(), record.toAd());
      if (uid.isPresent()) {
        Files.setAttribute(folder, "unix:gid", uid.getAsInt(), LinkOption.NOFOLLOW_LINKS);
        Files.setAttribute(folder, "unix:uid", uid.getAsInt(), LinkOption.NOFOLLOW_LINKS);
      }
      return record;
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(folder);
      if (uid.isPresent()) {
        accounts.orElseThrow().giveBack(uid.getAsInt(), folder);
      }
      throw e;
    }
  }

  private Path makeFolder() throws IOException {
    for (int n = 1; n <= MOST; n++) {
      Path folder = execute.resolve("s" + n);
      try {
        return Files.createDirectory(
            folder,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      } catch (FileAlreadyExistsException _) {
        // Another starter lives there.
      }
    }
    throw new IOException(execute + " is full of starters");
  }

  private void sweepForeign(Path folder, int uid) throws IOException {
    try {
      sweeper.sweep(folder, OptionalInt.of(uid));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (IOException) new InterruptedIOException("interrupted").initCause(e);
    }
  }

  /** Kills the starter and what it started; its folder stays. */
  void kill(StarterRecord record) throws IOException, InterruptedException {
    sweeper.kill(record.folder(), ownAccount(record));
  }

  /** Leaves nothing of the starter and gives the account back. */
  void clear(StarterRecord record) throws IOException, InterruptedException {
    sweeper.sweep(record.folder(), ownAccount(record));
    if (accounts.isPresent() && record.uid().isPresent()) {
      accounts.get().giveBack(record.uid().getAsInt(), record.folder());
    }
    state.delete(record.name());
  }

  /** The record's account, if it is still lent for that folder: else it is somebody else's now. */
  private OptionalInt ownAccount(StarterRecord record) throws IOException {
    return accounts.isPresent()
            && record.uid().isPresent()
            && accounts.get().isLent(record.uid().getAsInt(), record.folder())
        ? record.uid()
        : OptionalInt.empty();
  }

  /** The starters that an earlier process of this startd left behind. */
  List<StarterRecord> known() throws IOException {
    List<StarterRecord> records = new ArrayList<>();
    for (String name : state.names()) {
      if (StarterRecord.isName(name)) {
        switch (state.read(name)) {
          case StateFolder.Content.Intact(var ad) ->
              StarterRecord.fromAd(ad).filter(this::isOurs).ifPresent(records::add);
          case StateFolder.Content.Damaged(var problem, var aside) ->
              log.atWarn()
                  .addKeyValue("file", aside)
                  .addKeyValue("problem", problem)
                  .log("a starter's record is damaged; the starter is ended");
          case StateFolder.Content.Absent() -> {}
        }
      }
    }
    return records;
  }

  private boolean isOurs(StarterRecord record) {
    return execute.equals(record.folder().getParent());
  }

  /** Removes the folders that belong to none of those records, with what runs there. */
  void clearUnknown(List<StarterRecord> records) throws IOException, InterruptedException {
    Set<Path> known = Set.copyOf(records.stream().map(StarterRecord::folder).toList());
    List<Path> unknown = new ArrayList<>();
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(execute, "s[1-9]*")) {
      for (Path folder : folders) {
        if (!known.contains(folder)) {
          unknown.add(folder);
        }
      }
    }
    for (Path folder : unknown) {
      log.atInfo().addKeyValue("folder", folder).log("sweeping what no starter owns");
      clear(new StarterRecord("", folder, owner(folder)));
    }
    if (accounts.isPresent()) {
      accounts.get().giveBackLost();
    }
  }

  private OptionalInt owner(Path folder) throws IOException {
    Object uid = Files.getAttribute(folder, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    return accounts.isPresent() ? OptionalInt.of((Integer) uid) : OptionalInt.empty();
  }
}
