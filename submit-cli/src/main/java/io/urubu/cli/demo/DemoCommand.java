package io.urubu.cli.demo;

import io.urubu.cli.pool.Progress;
import io.urubu.cli.session.Refusal;
import io.urubu.cli.session.Session;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(
    name = "demo",
    description =
        "Starts a pool in a folder of its own, runs real jobs, lets owners come back to their workstations, checks the results, takes all down.",
    mixinStandardHelpOptions = true)
public final class DemoCommand implements Callable<Integer> {
  private final Session session;

  public DemoCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws Exception {
    boolean right = new Demo(session, Progress.to(session.err())).run();
    session.out().println(right ? "demo: all is right" : "demo: FAILED");
    return right ? 0 : Refusal.REFUSED;
  }
}
