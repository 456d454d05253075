package io.urubu.schedd.commands;

/**
 * Who asks.
 *
 * @param administrator may touch the jobs of others
 */
public record Principal(String account, boolean administrator) {

  public boolean mayTouch(String owner) {
    return administrator || account.equals(owner);
  }
}
