package io.urubu.matchmaker;

import io.urubu.daemon.process.DaemonProcess;

/** The matchmaker's process. */
public final class MatchmakerMain {
  private MatchmakerMain() {}

  public static void main(String[] arguments) {
    DaemonProcess.main("matchmaker", arguments, MatchmakerDaemon::start);
  }
}
