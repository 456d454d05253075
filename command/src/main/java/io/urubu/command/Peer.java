package io.urubu.command;

import java.nio.file.attribute.UserPrincipal;

/**
 * The account at the other end of a command socket, as the kernel knows it.
 *
 * @param account compares by numeric id, also for accounts without a name
 */
public record Peer(UserPrincipal account) {

  /** The account's name, or its number where the system has no name for it. */
  public String name() {
    return account.getName();
  }
}
