package io.urubu.schedd;

import io.urubu.daemon.process.DaemonProcess;

/** The schedd's process. */
public final class ScheddMain {
  private ScheddMain() {}

  public static void main(String[] arguments) {
    DaemonProcess.main("schedd", arguments, ScheddDaemon::start);
  }
}
