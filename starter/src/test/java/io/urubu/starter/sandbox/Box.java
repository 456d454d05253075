package io.urubu.starter.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A sandbox for tests: starts programs and shows what they printed. */
final class Box implements AutoCloseable {
  final Places places;
  private final Sandbox sandbox;

  Box(Path folder) throws IOException {
    this(folder, List.of(), List.of());
  }

  Box(Path folder, List<Path> readOnly, List<Path> hidden) throws IOException {
    this.places =
        new Places(
            Files.createDirectories(folder.resolve("scratch")),
            Files.createDirectories(folder.resolve("tmp")),
            Files.createDirectories(folder.resolve("var-tmp")),
            Files.createDirectories(folder.resolve("etc")));
    Account account =
        new Account(
            "alice",
            (Integer) Files.getAttribute(folder, "unix:uid"),
            (Integer) Files.getAttribute(folder, "unix:gid"));
    this.sandbox = Sandbox.open(new SandboxPolicy(readOnly, List.of(), hidden, 5), account);
  }

  ProgramEnd run(String... words) throws Exception {
    return start(Map.of(), words).await(() -> {});
  }

  String output(String shell) throws Exception {
    ProgramEnd end = run("/bin/sh", "-c", shell);
    String printed = Files.readString(places.scratch().resolve("out"));
    return end.equals(new ProgramEnd.Exited(0)) ? printed : end + ": " + printed;
  }

  SandboxProcess start(Map<String, String> environment, String... words) throws Exception {
    return sandbox.start(
        places,
        new Program(
            List.of(words),
            environment,
            "/dev/null",
            "/scratch/out",
            "/scratch/out",
            "ws1",
            1 << 20));
  }

  SelfTest selfTest() {
    return new SelfTest(sandbox);
  }

  @Override
  public void close() {
    sandbox.close();
  }
}
