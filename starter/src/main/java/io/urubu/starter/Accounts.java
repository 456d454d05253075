package io.urubu.starter;

import io.urubu.starter.sandbox.Account;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** As whom this process runs. */
final class Accounts {
  private Accounts() {}

  /**
   * The numbers of this process under the user's name.
   *
   * @param user {@code name@domain}, or a name
   * @param folder one that this process owns: its numbers are the process's, which need not have a
   *     name on this machine
   */
  static Account own(String user, Path folder) throws IOException {
    String name = user.contains("@") ? user.substring(0, user.indexOf('@')) : user;
    return new Account(
        name,
        (Integer) Files.getAttribute(folder, "unix:uid"),
        (Integer) Files.getAttribute(folder, "unix:gid"));
  }
}
