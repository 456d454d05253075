package io.urubu.startd;

import io.urubu.daemon.process.DaemonProcess;

/** Starts the startd's process. */
public final class StartdMain {
  private StartdMain() {}

  public static void main(String[] arguments) {
    DaemonProcess.main("startd", arguments, StartdDaemon::start);
  }
}
