package io.urubu.schedd.spawner;

import io.urubu.daemon.process.DaemonProcess;

/** The spawner's process; runs as root. */
public final class SpawnerMain {
  private SpawnerMain() {}

  public static void main(String[] arguments) {
    DaemonProcess.main("spawner", arguments, SpawnerDaemon::start);
  }
}
