package io.urubu.startd.pool;

import static io.urubu.startd.pool.TestPool.SLOT;
import static org.assertj.core.api.Assertions.assertThat;

import io.urubu.classad.ClassAd;
import io.urubu.protocol.claim.v1.ActivationRefused;
import io.urubu.protocol.claim.v1.ClaimRequest;
import io.urubu.protocol.id.RunRef;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Starters and jobs that do not behave, and what the owner does not want. */
@Tag("module")
class StarterTroubleTest {

  @Test
  void aRunThatDoesNotEndIsKilledWithItsStarter() throws Exception {
    try (TestPool pool = new TestPool()) {
      pool.claim();
      RunRef run = pool.runs(1, "stubborn");
      pool.awaitState(SLOT, "Claimed", "Busy");

      pool.schedd.deactivate(run, true);

      pool.schedd.await("gone", ClaimRequest::hasRunGone);
      assertThat(pool.starterProcesses()).isEmpty();
      assertThat(pool.starterFolders()).isEmpty();
    }
  }

  @Test
  void whatAStarterRefusesIsTheMachinesFault() throws Exception {
    try (TestPool pool = new TestPool()) {
      pool.claim();
      pool.activate(1, "refuse");

      ActivationRefused refused = refused(pool);
      assertThat(refused.getMachineFault()).isTrue();
      pool.schedd.forget();

      pool.activate(2, "die");
      assertThat(refused(pool).getMachineFault()).isTrue();
      assertThat(pool.starterProcesses()).isEmpty();
      pool.runs(3, "run");
      pool.awaitState(SLOT, "Claimed", "Busy");
    }
  }

  private static ActivationRefused refused(TestPool pool) throws Exception {
    return pool.schedd.await("refusal", ClaimRequest::hasActivationRefused).getActivationRefused();
  }

  @Test
  void theOwnersStartAndTheJobsRequirementsAreAskedAgainAtActivation() throws Exception {
    try (TestPool pool = new TestPool("START = TARGET.Behaviour =!= \"unwanted\"")) {
      pool.claim();

      pool.activate(1, "unwanted");
      ActivationRefused byOwner = refused(pool);
      assertThat(byOwner.getMachineFault()).isFalse();
      assertThat(byOwner.getReason()).contains("START");
      pool.schedd.forget();

      pool.schedd.activate(
          pool.run(2),
          ClassAd.builder()
              .putExpression("Requirements", "TARGET.Memory > 1000000")
              .put("Behaviour", "run")
              .build());
      assertThat(refused(pool).getReason()).contains("Requirements");
      assertThat(pool.starterProcesses()).isEmpty();
    }
  }

  @Test
  void aStarterSpeaksOfItsOwnRunsOnly() throws Exception {
    try (TestPool pool = new TestPool()) {
      pool.claim();
      pool.runs(1, "liar");
      pool.awaitState(SLOT, "Claimed", "Busy");

      pool.schedd.deactivate(pool.run(1), false);
      ClaimRequest gone = pool.schedd.await("gone", ClaimRequest::hasRunGone);
      assertThat(gone.getRunGone().getRun()).isEqualTo(pool.run(1).toProto());
      assertThat(pool.schedd.count(ClaimRequest::hasRunGone)).isEqualTo(1);
    }
  }

  @Test
  void aStarterWithoutClaimsQuitsAfterItsLinger() throws Exception {
    try (TestPool pool = new TestPool("STARTER_LINGER = 1 s")) {
      pool.claim();
      RunRef run = pool.runs(1, "run");
      pool.awaitState(SLOT, "Claimed", "Busy");
      pool.schedd.deactivate(run, false);
      pool.awaitState(SLOT, "Claimed", "Idle");
      assertThat(pool.starterFolders()).hasSize(1);

      pool.schedd.release();

      pool.schedd.await("released", ClaimRequest::hasReleased);
      Await.until("the starter has quit", () -> pool.starterFolders().isEmpty());
      assertThat(pool.starterProcesses()).isEmpty();
    }
  }

  @Test
  void aMachineWithoutAStarterProgramIsItsOwnersAlone() throws Exception {
    try (TestPool pool = new TestPool("LIB = /nonexistent")) {
      pool.awaitState(SLOT, "Owner", "Idle");

      Await.until(
          "the reason is told",
          () ->
              pool.matchmaker
                  .ad(SLOT)
                  .string("NotReadyReason")
                  .orElse("")
                  .contains("installation is incomplete"));
      ClassAd ad = pool.matchmaker.ad(SLOT);
      assertThat(ad.bool("Start")).contains(false);
      assertThat(ad.bool("HasSandbox")).contains(false);
    }
  }
}
