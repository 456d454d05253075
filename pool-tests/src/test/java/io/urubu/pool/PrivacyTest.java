package io.urubu.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A job that looks for the owner's secrets finds none. */
@Tag("pool")
class PrivacyTest {
  private final String secret = "SECRET-" + UUID.randomUUID();
  private final List<Path> planted = new ArrayList<>();

  @AfterEach
  void remove() throws IOException {
    for (Path file : planted) {
      Files.deleteIfExists(file);
    }
  }

  @Test
  void theOwnersSecretsStayTheOwners() throws Exception {
    plant(Path.of(System.getProperty("user.home")));
    plant(Path.of("/tmp"));
    plant(Path.of("/var/tmp"));
    plant(Path.of("/dev/shm"));
    plantInRuntimeFolder();
    try (ServerSocket service = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        PoolUnderTest pool = PoolUnderTest.create()) {
      Thread.ofVirtual().start(() -> tellTheSecret(service));
      pool.up(1);
      Path work = pool.folder("work");
      Jobs jobs = new Jobs(pool);

      long cluster =
          jobs.submit(
              work, hostileScript(service.getLocalPort()), "output = out\nerror = err\nqueue\n");
      jobs.awaitEnd(cluster, 1);

      assertThat(work.resolve("out")).content().contains("searched everywhere").contains("uid=");
      assertNoSecretIn(work);
    }
  }

  /** World-readable on purpose: what keeps the job out is that it cannot see the place. */
  private void plant(Path folder) throws IOException {
    if (!Files.isWritable(folder)) {
      return;
    }
    Path file = folder.resolve("urubu-planted-" + secret.hashCode());
    Files.writeString(file, secret + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    planted.add(file);
  }

  private void plantInRuntimeFolder() throws IOException {
    Path folder = Path.of("/run/user/" + Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
    if (Accounts.isRoot()) {
      Files.createDirectories(folder);
    }
    if (Files.isDirectory(folder)) {
      plant(folder);
    }
  }

  private void tellTheSecret(ServerSocket service) {
    try {
      while (!service.isClosed()) {
        try (Socket socket = service.accept()) {
          socket.getOutputStream().write(secret.getBytes(StandardCharsets.UTF_8));
        }
      }
    } catch (IOException e) {
      if (!service.isClosed()) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private String hostileScript(int port) {
    StringBuilder script = new StringBuilder("#!/bin/bash\n");
    for (Path file : planted) {
      script.append("cat ").append(file).append('\n');
      script
          .append("ln -s ")
          .append(file)
          .append(" leak")
          .append(planted.indexOf(file))
          .append('\n');
      script.append("cat /proc/1/root").append(file).append('\n');
      script.append("cat ../../../../../../..").append(file).append('\n');
    }
    return script
        .append(
            """
            ln -s / everything
            ln -s /root home-of-root
            find / -name 'urubu-planted-*' -not -path '/proc/*' 2>/dev/null | while read -r f; do cat "$f"; done
            for p in /proc/[0-9]*; do cat $p/environ $p/cmdline; done
            for s in /run/dbus/system_bus_socket /tmp/.X11-unix/X0 /run/urubu/schedd/command.sock; do
              [ -e $s ] && echo "visible: $s"
            done
            { exec 3<>/dev/tcp/127.0.0.1/%1$d && cat <&3; } 2>&1
            { exec 3<>/dev/tcp/localhost/%1$d && cat <&3; } 2>&1
            id
            ls -la / /root /home /tmp /run
            echo searched everywhere
            """
                .formatted(port))
        .toString();
  }

  /** Everything but the script, which names what it looks for. */
  private static boolean cameBack(Path file) {
    return Files.isRegularFile(file) && !file.endsWith("job.sh");
  }

  private void assertNoSecretIn(Path work) throws IOException {
    try (Stream<Path> files = Files.walk(work)) {
      for (Path file : files.filter(PrivacyTest::cameBack).toList()) {
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
            .as(file.toString())
            .doesNotContain(secret)
            .doesNotContain("visible: ");
      }
    }
  }
}
