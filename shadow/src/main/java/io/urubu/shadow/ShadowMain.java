package io.urubu.shadow;

import io.urubu.daemon.process.DaemonProcess;

/** The shadow as a process; the schedd or root's spawner starts it as its user. */
public final class ShadowMain {

  private ShadowMain() {}

  public static void main(String[] arguments) {
    DaemonProcess.main("shadow", arguments, ShadowDaemon::start);
  }
}
