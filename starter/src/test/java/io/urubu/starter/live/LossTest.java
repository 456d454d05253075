package io.urubu.starter.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.urubu.identity.Role;
import io.urubu.identity.Subject;
import io.urubu.protocol.run.v1.RunRequest.MessageCase;
import io.urubu.starter.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens when one of the three, startd, shadow or starter, is lost. */
@Tag("module")
class LossTest {
  private static final String WRITER =
      "(setsid bash -c 'while :; do echo x >>ticks; sleep 0.02; done' &);"
          + " while [ ! -s stop ]; do sleep 0.05; done; cat stop\n";

  @TempDir Path home;
  private LiveStarter starter;
  private FakeShadow shadow;

  @BeforeEach
  void prepare() throws Exception {
    starter = new LiveStarter(home);
    shadow = starter.shadow();
    shadow.program(WRITER);
  }

  @AfterEach
  void close() throws Exception {
    starter.close();
  }

  private void runWriter() throws Exception {
    starter.start();
    starter.run(shadow, "TransferOutput = \"\"");
    Await.until(() -> ticks() > 0);
  }

  private long ticks() {
    return starter.scratch().resolve("ticks").toFile().length();
  }

  private void standsStill() throws Exception {
    long quiet = 400_000_000L;
    long[] seen = {ticks(), System.nanoTime()};
    Await.until(
        () -> {
          if (ticks() != seen[0]) {
            seen[0] = ticks();
            seen[1] = System.nanoTime();
          }
          return System.nanoTime() - seen[1] > quiet;
        });
  }

  @Test
  void withoutAStartdJobsStandStillUntilOneIsBackAndSaysThatTheyMayGoOn() throws Exception {
    runWriter();

    starter.disconnect();
    standsStill();
    long frozen = ticks();
    starter.connect();
    standsStill();
    assertThat(ticks()).isEqualTo(frozen);
    starter.ask(starter.command("Continue"));
    Await.until(() -> ticks() > frozen);

    Files.writeString(starter.scratch().resolve("stop"), "done\n");
    starter.awaitGone();
    assertThat(shadow.outputs).containsEntry("_condor_stdout", "done\n");
  }

  @Test
  void withoutAStartdARunEndsWithItsLease() throws Exception {
    shadow.leaseSeconds = 2;
    runWriter();

    starter.disconnect();
    Await.until(() -> !Files.exists(starter.runFolder()));

    assertThat(starter.processes()).isEmpty();
    Await.until(() -> !shadow.heard(MessageCase.VACATED).isEmpty());
    starter.connect();
    starter.awaitGone();
  }

  @Test
  void nothingOutlivesAKilledStarterAndTheNextOneSweeps() throws Exception {
    runWriter();
    assertThat(starter.processes()).isNotEmpty();

    starter.process().destroyForcibly().waitFor();
    Await.until(() -> starter.processes().isEmpty());
    standsStill();
    starter.start();

    assertThat(starter.runFolder()).doesNotExist();
  }

  @Test
  void aSilentShadowCostsTheRunItsLeaseButNotBefore() throws Exception {
    shadow.leaseSeconds = 3;
    runWriter();
    shadow.isMute = true;
    long silent = System.nanoTime();

    starter.awaitGone();

    assertThat(System.nanoTime() - silent).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(1500));
    assertThat(starter.event("RunGone").orElseThrow().string("Reason").orElse(""))
        .contains("lease");
  }

  @Test
  void aBrokenStreamIsOpenedAgain() throws Exception {
    runWriter();

    shadow.drop();
    Await.until(() -> shadow.heard(MessageCase.OPEN).size() > 1);

    assertThat(shadow.heard(MessageCase.OPEN).getFirst().getOpen().getResumed()).isFalse();
    assertThat(shadow.heard(MessageCase.OPEN).getLast().getOpen().getResumed()).isTrue();
    Files.writeString(starter.scratch().resolve("stop"), "done\n");
    starter.awaitGone();
    assertThat(shadow.heard(MessageCase.EXITED)).isNotEmpty();
  }

  @Test
  void anotherShadowGetsTheOutputsAgain() throws Exception {
    shadow.confirmsExit = false;
    runWriter();
    Files.writeString(starter.scratch().resolve("stop"), "done\n");
    Await.until(() -> !shadow.heard(MessageCase.EXITED).isEmpty());

    shadow.close();
    FakeShadow next = starter.shadow();
    starter.ask(
        starter.command("ShadowMoved").toBuilder()
            .put("ShadowAddress", next.address())
            .put("ShadowSha256", next.sha256())
            .build());
    starter.awaitGone();

    assertThat(next.outputs).containsEntry("_condor_stdout", "done\n");
    assertThat(next.heard(MessageCase.OPEN).getFirst().getOpen().getResumed()).isTrue();
  }

  @Test
  void aShadowWithAnotherCertificateIsNotTalkedTo() throws Exception {
    runWriter();
    FakeShadow stranger = starter.shadow();
    FakeShadow meant = starter.shadow();

    starter.ask(
        starter.command("ShadowMoved").toBuilder()
            .put("ShadowAddress", stranger.address())
            .put("ShadowSha256", meant.sha256())
            .build());
    long from = System.nanoTime();
    Await.until(() -> System.nanoTime() - from > 1_500_000_000L);

    assertThat(stranger.heard).isEmpty();
  }

  @Test
  void aStarterThatIsToldToStopVacatesItsRuns() throws Exception {
    runWriter();

    starter.process().destroy();
    assertThat(starter.process().waitFor(15, TimeUnit.SECONDS)).isTrue();

    Await.until(() -> !shadow.heard(MessageCase.VACATED).isEmpty());
    assertThat(starter.processes()).isEmpty();
    assertThat(starter.runFolder()).doesNotExist();
    assertThat(starter.folder.resolve("starter.sock")).doesNotExist();
  }

  @Test
  void theCertificateIsRenewedInTime() throws Exception {
    starter.start(Duration.ofSeconds(8));
    starter.awaitEvent("RenewCertificate");
    String key = starter.event("RenewCertificate").orElseThrow().string("PublicKey").orElseThrow();

    String chain =
        starter
            .startdIdentity()
            .renewChain(
                publicKey(key),
                new Subject(Role.STARTER, "ws1@h", LiveStarter.USER),
                Instant.now(),
                Duration.ofHours(1),
                new SecureRandom());

    assertThat(
            starter
                .ask(starter.command("RenewedCertificate").toBuilder().put("Chain", chain).build())
                .kind())
        .isEqualTo(io.urubu.command.Frame.Kind.DONE);
  }

  private static PublicKey publicKey(String base64) throws Exception {
    X509EncodedKeySpec spec = new X509EncodedKeySpec(Base64.getDecoder().decode(base64));
    for (String algorithm : new String[] {"EC", "Ed25519", "RSA"}) {
      try {
        return KeyFactory.getInstance(algorithm).generatePublic(spec);
      } catch (java.security.spec.InvalidKeySpecException _) {
        // The next one.
      }
    }
    throw new AssertionError("an unknown kind of key");
  }
}
