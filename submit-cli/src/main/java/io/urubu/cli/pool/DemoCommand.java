package io.urubu.cli.pool;

import io.urubu.cli.session.Refusal;
import io.urubu.cli.session.Session;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(
    name = "demo",
    description =
        "Starts a pool in a folder of its own, runs real jobs, checks their results, takes all down.",
    mixinStandardHelpOptions = true)
public final class DemoCommand implements Callable<Integer> {
  private final Session session;

  public DemoCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws Exception {
    Progress progress = Progress.to(session.err());
    boolean right = new Demo(Host.own(), progress, session.environment()).run();
    session.out().println(right ? "demo: all is right" : "demo: FAILED");
    return right ? 0 : Refusal.REFUSED;
  }
}
