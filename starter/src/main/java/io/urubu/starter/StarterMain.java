package io.urubu.starter;

import io.urubu.daemon.process.DaemonProcess;
import java.util.List;

/** The starter as a process: it serves one user on one workstation, or tries its sandbox. */
public final class StarterMain {
  private StarterMain() {}

  public static void main(String[] arguments) {
    if (List.of(arguments).contains("--self-test")) {
      System.exit(SelfTestMain.run(arguments, System.getenv(), System.out::println));
    }
    DaemonProcess.main("starter", arguments, StarterDaemon::start);
  }
}
