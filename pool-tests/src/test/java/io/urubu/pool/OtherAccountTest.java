package io.urubu.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.urubu.command.presence.ProcessMark;
import io.urubu.command.presence.RunFolder;
import io.urubu.daemon.rpc.IdentitySource;
import io.urubu.daemon.rpc.RpcChannels;
import io.urubu.identity.Identity;
import io.urubu.identity.PoolAuthority;
import io.urubu.identity.Role;
import io.urubu.identity.Subject;
import io.urubu.protocol.advertise.v1.AdvertiseServiceGrpc;
import io.urubu.protocol.advertise.v1.LocateScheddRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** On a shared host another account can do nothing without a credential. */
@Tag("pool")
class OtherAccountTest {

  @Test
  void nobodyElseSubmitsReadsRemovesOrKills() throws Exception {
    assumeTrue(Accounts.isRoot(), "needs root to become another account");
    try (PoolUnderTest pool = PoolUnderTest.create()) {
      pool.up(1);
      Jobs jobs = new Jobs(pool);
      long cluster = jobs.submit(pool.folder("work"), "#!/bin/sh\nsleep 300\n", "queue\n");
      jobs.awaitStatus(cluster, 2);

      commandsAreRefused(pool, cluster);
      signalsAreRefused(pool);
      filesAreClosed(pool);
      serversAreClosed(pool);
      restIsClosed(pool);

      jobs.awaitStatus(cluster, 2);
      pool.cli(pool.folder(), "rm", Long.toString(cluster));
      jobs.awaitEnd(cluster, 1);
    }
  }

  private static void commandsAreRefused(PoolUnderTest pool, long cluster) throws Exception {
    Path foreign = Files.createTempDirectory(pool.folder("home"), "foreign");
    Files.writeString(foreign.resolve("job.sub"), "executable = /bin/true\nqueue\n");
    Path lib = pool.folder("state/runtime");
    assertThat(lib).isNotNull();
    for (List<String> command :
        List.of(
            List.of("submit", foreign.resolve("job.sub").toString()),
            List.of("q"),
            List.of("q", "--all-users"),
            List.of("history"),
            List.of("rm", Long.toString(cluster)),
            List.of("hold", Long.toString(cluster)),
            List.of("status"))) {
      Cli.Result result = pool.cliAs(Accounts.OTHER, Path.of("/"), command.toArray(String[]::new));

      assertThat(result.status()).as(command + ": " + result).isNotZero();
      assertThat(result.out())
          .as(command.toString())
          .doesNotContain("sleep")
          .doesNotContain("job.sh");
    }
    Cli.Result submit = pool.cliAs(Accounts.OTHER, Path.of("/"), "q");
    assertThat(submit.err()).contains("PERMISSION_DENIED");
  }

  private static void signalsAreRefused(PoolUnderTest pool) throws IOException {
    List<ProcessMark> all = new ArrayList<>(pool.starters());
    all.addAll(pool.shadows());
    for (String daemon : List.of("schedd", "matchmaker", "ws1")) {
      all.add(pool.daemon(daemon).orElseThrow());
    }
    for (ProcessMark process : all) {
      List<String> command = new ArrayList<>(Accounts.become(Accounts.OTHER));
      command.addAll(List.of("kill", "-9", Long.toString(process.pid())));
      Cli.Result result = Cli.execute(Path.of("/"), pool.environment(), command);
      assertThat(result.status()).as(result.toString()).isNotZero();
      assertThat(process.isAlive()).isTrue();
    }
  }

  /** Keys, passwords, the job's scratch and the journal of the shadow. */
  private static void filesAreClosed(PoolUnderTest pool) throws IOException {
    List<Path> closed = new ArrayList<>();
    try (Stream<Path> files = Files.walk(pool.folder("state/identity"))) {
      files.filter(Files::isRegularFile).forEach(closed::add);
    }
    closed.add(pool.folder().resolve("state/database/password"));
    closed.add(pool.folder().resolve("state/postgresql/data/PG_VERSION"));
    assertThat(closed).hasSizeGreaterThan(4);
    for (Path file : closed) {
      assertThat(file).exists();
      List<String> command = new ArrayList<>(Accounts.become(Accounts.OTHER));
      command.addAll(List.of("cat", file.toString()));
      assertThat(Cli.execute(Path.of("/"), pool.environment(), command).status())
          .as("reading " + file)
          .isNotZero();
    }
    for (String folder : List.of("state/execute/ws1", "state/spool/shadow", "state/schedd")) {
      List<String> command = new ArrayList<>(Accounts.become(Accounts.OTHER));
      command.addAll(List.of("ls", pool.folder().resolve(folder).toString()));
      assertThat(Cli.execute(Path.of("/"), pool.environment(), command).status())
          .as("listing " + folder)
          .isNotZero();
    }
  }

  /** Whoever has no certificate of this pool gets no call through, whatever it claims to be. */
  private static void serversAreClosed(PoolUnderTest pool) throws Exception {
    SecureRandom random = new SecureRandom();
    Identity forged =
        PoolAuthority.create(Instant.now(), random)
            .issue(Subject.daemon(Role.STARTD, "ws1@forged"), Instant.now(), random);
    List<Long> pids = new ArrayList<>(pool.shadows().stream().map(ProcessMark::pid).toList());
    pids.add(pool.daemon("schedd").orElseThrow().pid());
    pids.add(pool.daemon("matchmaker").orElseThrow().pid());
    String http = Files.readString(pool.run().resolve("schedd/http-address")).strip();
    int tried = 0;
    for (long pid : pids) {
      for (String listener : Listeners.of(pid)) {
        int port = Integer.parseInt(listener.substring(listener.lastIndexOf(':') + 1), 16);
        if (!http.endsWith(":" + port)) {
          callWithAForgedCertificate("127.0.0.1:" + port, forged);
          tried++;
        }
      }
    }
    assertThat(tried).as("servers tried").isGreaterThanOrEqualTo(3);
  }

  private static void callWithAForgedCertificate(String address, Identity forged) {
    ManagedChannel channel = RpcChannels.dial(address, new IdentitySource(forged), (_, _) -> true);
    try {
      assertThatThrownBy(
              () ->
                  AdvertiseServiceGrpc.newBlockingStub(channel)
                      .withDeadlineAfter(10, TimeUnit.SECONDS)
                      .locateSchedd(LocateScheddRequest.getDefaultInstance()))
          .isInstanceOfSatisfying(
              StatusRuntimeException.class,
              e ->
                  assertThat(e.getStatus().getCode())
                      .isIn(Status.Code.UNAVAILABLE, Status.Code.UNAUTHENTICATED));
    } finally {
      channel.shutdownNow();
    }
  }

  private static void restIsClosed(PoolUnderTest pool) throws Exception {
    String address = RunFolder.of(pool.run(), "schedd").path().resolve("http-address").toString();
    String base = "http://" + Files.readString(Path.of(address)).strip();
    try (HttpClient client = HttpClient.newHttpClient()) {
      for (String path : List.of("/api/v1/jobs", "/api/v1/machines")) {
        assertThat(get(client, base + path, "")).isEqualTo(401);
        assertThat(get(client, base + path, "Bearer eyJhbGciOiJub25lIn0.e30.")).isEqualTo(401);
      }
      Cli.Result token = pool.cli(pool.folder(), "token", "--scope", "READ");
      assertThat(token.status()).as(token.toString()).isZero();
      assertThat(get(client, base + "/api/v1/jobs", "Bearer " + token.out().strip()))
          .isEqualTo(200);
    }
  }

  private static int get(HttpClient client, String url, String authorization) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url));
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString()).statusCode();
  }
}
