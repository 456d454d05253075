package io.urubu.schedd.spawner;

import io.urubu.command.PoolError;
import io.urubu.command.PoolException;
import io.urubu.schedd.shadows.ShadowPlaces;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Checks an order, prepares the account's folders and starts its shadow. */
final class ShadowSpawner {
  private static final int MAX_IDENTITY = 64 << 10;

  private final ShadowPlaces places;
  private final String userDomain;

  ShadowSpawner(ShadowPlaces places, String userDomain) {
    this.places = places;
    this.userDomain = userDomain;
  }

  /** Gives the process id. */
  long spawn(String accountName, String user, String identity) throws IOException, PoolException {
    Account account = check(accountName, user, identity);
    Path state = places.stateFolder(account.name());
    provide(state, account, "rwx------");
    provide(places.runFolder(account.name()).path(), account, "rwxr-xr-x");
    Process process =
        new ProcessBuilder(command(account, user))
            .directory(state.toFile())
            .redirectErrorStream(true)
            .redirectOutput(
                ProcessBuilder.Redirect.appendTo(places.logFile(account.name()).toFile()))
            .start();
    try (var stdin = process.getOutputStream()) {
      stdin.write(identity.getBytes(StandardCharsets.UTF_8));
    }
    return process.pid();
  }

  /** The schedd is not root: what it says is not believed. */
  Account check(String accountName, String user, String identity) throws PoolException {
    Optional<Account> account = Account.named(accountName);
    if (account.isEmpty()) {
      throw refused("there is no account '" + accountName + "' on this host");
    }
    if (!user.equals(accountName + "@" + userDomain)) {
      throw refused("'" + user + "' is not the user of account " + accountName);
    }
    if (identity.length() > MAX_IDENTITY || !identity.startsWith("-----BEGIN")) {
      throw refused("the identity is no PEM text of at most " + MAX_IDENTITY + " characters");
    }
    return account.get();
  }

  private static PoolException refused(String reason) {
    return new PoolException(PoolError.REQUEST_INVALID, reason + ": no shadow was started");
  }

  /**
   * Makes a folder the account's. Its parent belongs to root, so nobody can put another thing in
   * its place meanwhile.
   */
  private static void provide(Path folder, Account account, String mode) throws IOException {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      Files.createDirectory(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    PosixFileAttributeView view =
        Files.getFileAttributeView(folder, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    var lookup = folder.getFileSystem().getUserPrincipalLookupService();
    view.setPermissions(PosixFilePermissions.fromString(mode));
    view.setGroup(lookup.lookupPrincipalByGroupName(Integer.toString(account.gid())));
    view.setOwner(lookup.lookupPrincipalByName(account.name()));
  }

  /** Root's powers end here; what the account may do is left. */
  List<String> command(Account account, String user) throws IOException {
    List<String> command = new ArrayList<>();
    command.addAll(
        List.of(
            "setsid",
            "--",
            "setpriv",
            "--reuid=" + account.uid(),
            "--regid=" + account.gid(),
            "--init-groups",
            "--no-new-privs",
            "--"));
    command.addAll(places.command(account.name(), user));
    command.addAll(List.of("--log", "-"));
    return command;
  }
}
