package io.urubu.shadow;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A real shadow process, to be killed. */
record ShadowProcess(Process process) implements AutoCloseable {

  /** Its files lie below the home, as those of a shadow that was there before. */
  static ShadowProcess launch(Path home, TestPool pool) throws Exception {
    Path config = home.resolve("urubu.conf");
    Files.writeString(
        config,
        """
        STATE = %1$s/state
        SPOOL = %1$s/spool
        RUN = %1$s/run
        LOG = %1$s/log
        SCHEDD_ADDRESS_FILE = %2$s
        HEARTBEAT_INTERVAL = 1
        """
            .formatted(home, TestShadow.addressFile(home)));
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx128m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "io.urubu.shadow.ShadowMain",
                "--config",
                config.toString(),
                "--local-name",
                "shadow-alice",
                "--user",
                TestPool.USER,
                "--log",
                "-")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(home.resolve("out").toFile()))
            .start();
    try (var stdin = process.getOutputStream()) {
      stdin.write(pool.shadow(Duration.ofDays(1)).toPem().getBytes(StandardCharsets.US_ASCII));
    }
    return new ShadowProcess(process);
  }

  /** It is gone on return. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      throw new AssertionError("the shadow does not die");
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
