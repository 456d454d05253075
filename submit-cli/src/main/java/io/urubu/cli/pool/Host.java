package io.urubu.cli.pool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The host as a personal pool sees it: who starts the pool, and under which account its services
 * run.
 *
 * @param uid of the person who starts the pool
 * @param account that person's name
 * @param service when root starts the pool: the account of database, matchmaker and schedd, which
 *     therefore are not root
 */
record Host(long uid, String account, Optional<String> service) {
  private static final String SERVICE_ACCOUNT = "urubu";
  private static final long SECONDS = 30;

  static Host own() throws IOException {
    int uid = (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    String account = Files.getOwner(Path.of("/proc/self")).getName();
    return new Host(uid, account, uid == 0 ? Optional.of(SERVICE_ACCOUNT) : Optional.empty());
  }

  boolean isRoot() {
    return uid == 0;
  }

  /** Makes the system account that runs root's services, as a package's installation would. */
  void provideServiceAccount(Path home) throws IOException {
    if (service.isEmpty() || exists(service.get())) {
      return;
    }
    Programs.Ended ended =
        Programs.run(
            Map.of(),
            List.of(
                "useradd",
                "--system",
                "--user-group",
                "--no-create-home",
                "--home-dir",
                home.toString(),
                "--shell",
                "/usr/sbin/nologin",
                service.get()),
            SECONDS);
    if (ended.status() != 0 && !exists(service.get())) {
      throw new PoolFailure(
          "cannot make the account %s that runs the pool's services: %s (make it with useradd --system --user-group %s)"
              .formatted(service.get(), ended.output(), service.get()));
    }
  }

  private static boolean exists(String account) throws IOException {
    return Programs.run(Map.of(), List.of("id", "-u", account), SECONDS).status() == 0;
  }

  /** A folder with these permissions that belongs to the pool's starter. */
  Path folder(Path folder, String permissions) throws IOException {
    Files.createDirectories(folder);
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(permissions));
    return folder;
  }

  /** A folder of the services. */
  Path serviceFolder(Path folder, String permissions) throws IOException {
    folder(folder, permissions);
    giveToService(folder);
    return folder;
  }

  void giveToService(Path file) throws IOException {
    if (service.isEmpty()) {
      return;
    }
    UserPrincipalLookupService lookup = file.getFileSystem().getUserPrincipalLookupService();
    PosixFileAttributeView view =
        Files.getFileAttributeView(file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    view.setOwner(lookup.lookupPrincipalByName(service.get()));
    view.setGroup(lookup.lookupPrincipalByGroupName(service.get()));
  }

  /**
   * The words before a command that make it run as the service account; none for an ordinary user's
   * pool.
   */
  List<String> asService() {
    return service
        .map(
            name ->
                List.of(
                    "setpriv",
                    "--reuid=" + name,
                    "--regid=" + name,
                    "--clear-groups",
                    "--no-new-privs",
                    "--inh-caps=-all",
                    "--bounding-set=-all",
                    "--"))
        .orElse(List.of());
  }
}
