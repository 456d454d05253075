package io.urubu.starter.sandbox;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Starts programs where they see the system's folders and their own, and nothing of the machine's
 * owner: with bubblewrap, as an ordinary user and as root alike.
 */
public final class Sandbox implements AutoCloseable {
  static final Map<String, String> ENVIRONMENT =
      Map.of("PATH", "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin", "LC_ALL", "C");

  private final BubblewrapCommand command;
  private final Account account;
  private final SandboxProcess.Kernel kernel =
      new SandboxProcess.Kernel(new Signals(), new Namespaces());

  /** Bubblewrap dies with the thread that started it: this one lives as long as the sandboxes. */
  private final ExecutorService launcher;

  private Sandbox(BubblewrapCommand command, Account account, ExecutorService launcher) {
    this.command = command;
    this.account = account;
    this.launcher = launcher;
  }

  public static Sandbox open(SandboxPolicy policy, Account account) throws IOException {
    return new Sandbox(
        new BubblewrapCommand(policy, Scripts.load()),
        account,
        Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("sandbox-launcher").factory()));
  }

  /**
   * Starts the program.
   *
   * @throws SandboxException when no sandbox can be made here
   * @throws IOException when the run's folders cannot be used
   */
  public SandboxProcess start(Places places, Program program)
      throws SandboxException, IOException, InterruptedException {
    AccountFiles.write(places.etc(), account, BubblewrapCommand.hostname(program.hostname()));
    ProcessBuilder builder = new ProcessBuilder(command.of(places, program));
    builder.environment().clear();
    builder.environment().putAll(ENVIRONMENT);
    builder.directory(places.scratch().toFile());
    return SandboxProcess.begin(launch(builder), kernel);
  }

  private Process launch(ProcessBuilder builder)
      throws SandboxException, IOException, InterruptedException {
    Optional<String> missing = BubblewrapCommand.missingTool();
    if (missing.isPresent()) {
      throw new SandboxException(missing.get());
    }
    Future<Process> started = launcher.submit(builder::start);
    try {
      return started.get();
    } catch (ExecutionException e) {
      throw new IOException("bubblewrap cannot be started: " + e.getCause(), e);
    }
  }

  /** Every sandbox of it dies. */
  @Override
  public void close() {
    launcher.shutdown();
  }
}
