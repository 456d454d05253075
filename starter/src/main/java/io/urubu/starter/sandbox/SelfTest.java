package io.urubu.starter.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tries whether jobs can be boxed in on this machine, by this account, with this policy. */
public final class SelfTest {
  private static final Program TRUE =
      new Program(
          List.of("/usr/bin/true"),
          Map.of(),
          "/dev/null",
          "/dev/null",
          "/dev/null",
          "self-test",
          1 << 20);

  private final Sandbox sandbox;

  public SelfTest(Sandbox sandbox) {
    this.sandbox = sandbox;
  }

  /**
   * Why they cannot be and what mends it; empty when they can.
   *
   * @param folder an existing folder of the account's own, for the files of the trial
   */
  public Optional<String> run(Path folder) throws InterruptedException {
    Places places =
        new Places(
            folder.resolve("scratch"),
            folder.resolve("tmp"),
            folder.resolve("var-tmp"),
            folder.resolve("etc"));
    try {
      for (Path place :
          List.of(places.scratch(), places.temporary(), places.variable(), places.etc())) {
        Files.createDirectories(place);
      }
      ProgramEnd end = sandbox.start(places, TRUE).await(() -> {});
      return end.equals(new ProgramEnd.Exited(0))
          ? Optional.empty()
          : Optional.of("a trial program did not end well in a sandbox: " + end);
    } catch (SandboxException e) {
      return Optional.of(
          "no sandbox can be made here: " + withMend(String.valueOf(e.getMessage())));
    } catch (IOException e) {
      return Optional.of("no sandbox can be tried in " + folder + ": " + e.getMessage());
    }
  }

  private static String withMend(String message) {
    if (message.contains("namespace")
        || message.contains("uid map")
        || message.contains("Operation not permitted")) {
      return message
          + " (let accounts make user namespaces: sysctl user.max_user_namespaces,"
          + " kernel.unprivileged_userns_clone, kernel.apparmor_restrict_unprivileged_userns)";
    }
    if (message.contains("Unknown option")) {
      return message + " (install bubblewrap 0.6 or newer)";
    }
    return message;
  }
}
