package io.urubu.pool;

import io.urubu.classad.ClassAd;
import io.urubu.command.CommandConnection;
import io.urubu.command.PoolException;
import io.urubu.command.presence.RunFolder;
import java.io.IOException;

/** One workstation of a pool under test, with its simulated owner. */
final class Workstation {
  private final PoolUnderTest pool;
  private final String name;

  Workstation(PoolUnderTest pool, String name) {
    this.pool = pool;
    this.name = name;
  }

  String name() {
    return name;
  }

  /** The owner touches the keyboard, or goes away; false when no startd is there to notice. */
  boolean owner(boolean isActive) {
    try (CommandConnection startd =
        CommandConnection.connect(RunFolder.of(pool.run(), name).socket())) {
      startd.call(
          ClassAd.builder().put("Command", "Owner").put("Active", isActive).build(), _ -> {});
      return true;
    } catch (IOException | PoolException _) {
      return false;
    }
  }
}
