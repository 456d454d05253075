package io.urubu.cli.pool;

import io.urubu.cli.session.Session;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(
    name = "down",
    description = "Stops the pool on this host; the queue is kept.",
    mixinStandardHelpOptions = true)
public final class DownCommand implements Callable<Integer> {
  private final Session session;

  public DownCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws Exception {
    PersonalPool.of(session).down();
    return 0;
  }
}
