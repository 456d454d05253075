package io.urubu.starter.sandbox;

/**
 * As whom jobs run: the numbers are the process's own, the name is the user's and need not be known
 * to this machine.
 */
public record Account(String name, int uid, int gid) {
  public Account {
    if (!name.matches("[A-Za-z0-9_][A-Za-z0-9_.@$-]{0,254}")) {
      throw new IllegalArgumentException("no account is called '" + name + "'");
    }
  }
}
