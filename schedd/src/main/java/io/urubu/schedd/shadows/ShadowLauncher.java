package io.urubu.schedd.shadows;

import io.urubu.command.PoolException;
import java.io.IOException;

/** Starts a shadow; returns when its process runs. */
public interface ShadowLauncher {

  /**
   * Starts the shadow of a user.
   *
   * @param account runs it
   * @param identity PEM that goes to its standard input, and nowhere else
   */
  void launch(String account, String user, String identity) throws IOException, PoolException;
}
