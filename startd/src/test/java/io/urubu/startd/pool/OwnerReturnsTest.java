package io.urubu.startd.pool;

import static io.urubu.startd.pool.TestPool.SLOT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.urubu.classad.ClassAd;
import io.urubu.command.PoolException;
import io.urubu.protocol.claim.v1.ClaimRequest;
import io.urubu.protocol.id.RunRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The owner of a workstation with the desktop policy comes and goes. */
@Tag("module")
class OwnerReturnsTest {
  private static final String[] DESKTOP = {
    "use POLICY : Desktop",
    "OWNER_SIMULATOR = true",
    "MaxSuspendTime = 2",
    "ContinueIdleTime = 1",
    "MaxVacateTime = 2"
  };

  private static TestPool desktop(String... more) throws Exception {
    String[] settings = java.util.Arrays.copyOf(DESKTOP, DESKTOP.length + more.length);
    System.arraycopy(more, 0, settings, DESKTOP.length, more.length);
    return new TestPool(settings);
  }

  private static ProcessHandle job(TestPool pool) throws IOException {
    return pool.starterProcesses().stream()
        .filter(process -> process.info().command().orElse("").endsWith("sleep"))
        .findFirst()
        .orElseThrow();
  }

  private static char stateOf(ProcessHandle process) throws IOException {
    String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
    return stat.charAt(stat.lastIndexOf(')') + 2);
  }

  private static List<String> heard(TestPool pool) throws IOException {
    for (Path folder : pool.starterFolders()) {
      if (Files.exists(folder.resolve("heard"))) {
        return Files.readAllLines(folder.resolve("heard"));
      }
    }
    return List.of();
  }

  @Test
  void theJobStandsStillBeforeTheCommandReturnsAndLeavesToTheOwner() throws Exception {
    try (TestPool pool = desktop("HEARTBEAT_INTERVAL = 60 s")) {
      pool.claim();
      RunRef run = pool.runs(1, "run");
      ProcessHandle job = job(pool);

      long before = System.nanoTime();
      ClassAd after = pool.owner(true).getFirst();
      Await.until("the job stands still", () -> stateOf(job) == 'T');
      long millis = (System.nanoTime() - before) / 1_000_000;

      assertThat(after.string("Activity")).contains("Suspended");
      assertThat(millis).isLessThan(1000);
      ClaimRequest gone = pool.schedd.await("gone", ClaimRequest::hasRunGone);
      assertThat(gone.getRunGone().getRun()).isEqualTo(run.toProto());
      Await.until("the owner has it", () -> pool.state().equals("Owner/Idle"));
      assertThat(pool.log())
          .contains("Claimed/Suspended")
          .contains("Preempting/Vacating")
          .contains("KeyboardIdle=0")
          .doesNotContain("to=Unclaimed/Idle cause=\"the schedd knows");
      assertThat(pool.ended()).contains("End OwnerReturned");
    }
  }

  @Test
  void anOwnerWhoOnlyPassesByLetsTheJobGoOn() throws Exception {
    try (TestPool pool = desktop("MaxSuspendTime = 100")) {
      pool.claim();
      pool.runs(1, "run");
      ProcessHandle job = job(pool);

      pool.owner(true);
      Await.until("the job stands still", () -> stateOf(job) == 'T');
      pool.owner(false);

      Await.until("the job goes on", () -> stateOf(job) == 'S');
      assertThat(pool.state()).isEqualTo("Claimed/Busy");
      assertThat(heard(pool)).containsSubsequence("Suspend", "Continue");
    }
  }

  @Test
  void everythingIsDoneWithMatchmakerAndScheddDead() throws Exception {
    try (TestPool pool = desktop()) {
      pool.claim();
      pool.runs(1, "slow");
      ProcessHandle job = job(pool);
      pool.stopSchedd();
      pool.stopMatchmaker();

      pool.owner(true);

      Await.until("the job stands still", () -> !job.isAlive() || stateOf(job) == 'T');
      Await.until("the job is gone", () -> !job.isAlive());
      Await.until("nothing is held", () -> pool.status().getFirst().string("Run").isEmpty());
      assertThat(pool.log()).contains("Preempting/Killing");
    }
  }

  @Test
  void whatDoesNotStandStillIsKilled() throws Exception {
    try (TestPool pool = desktop("MaxSuspendTime = 100")) {
      pool.claim();
      pool.runs(1, "restless");
      ProcessHandle job = job(pool);

      pool.owner(true);

      Await.until("the job is gone", () -> !job.isAlive());
      pool.schedd.await("gone", ClaimRequest::hasRunGone);
    }
  }

  @Test
  void anUploadIsNotKilledWithTheVacateTime() throws Exception {
    try (TestPool pool = desktop("MaxSuspendTime = 0", "CHECKPOINT_UPLOAD_TIME = 6 s")) {
      pool.claim();
      pool.runs(1, "uploading");

      pool.owner(true);
      Await.until("it vacates", () -> pool.state().equals("Preempting/Vacating"));
      long began = System.nanoTime();
      pool.schedd.await("gone", ClaimRequest::hasRunGone);

      assertThat((System.nanoTime() - began) / 1_000_000_000L).isGreaterThanOrEqualTo(4);
    }
  }

  @Test
  void aStartdThatComesBackTellsItsRunsHowToGoOn() throws Exception {
    try (TestPool pool = desktop("MaxSuspendTime = 100")) {
      pool.claim();
      pool.runs(1, "run");
      pool.owner(true);
      Await.until("it is suspended", () -> pool.state().equals("Claimed/Suspended"));
      long before = heard(pool).stream().filter("Suspend"::equals).count();

      pool.killStartd();
      pool.schedd.forget();
      pool.restartStartd();

      Await.until(
          "it is told again",
          () -> heard(pool).stream().filter("Suspend"::equals).count() > before);
      assertThat(heard(pool).stream().filter("Continue"::equals).count()).isEqualTo(1);
      assertThat(pool.state()).isEqualTo("Claimed/Suspended");
      assertThat(pool.ownerStatus().bool("Active")).contains(true);
    }
  }

  @Test
  void theUsersWishesReachTheStarter() throws Exception {
    try (TestPool pool = desktop()) {
      pool.claim();
      RunRef run = pool.runs(1, "run");

      pool.schedd.suspend(run);
      pool.schedd.resume(run);
      pool.schedd.checkpoint(run);

      Await.until("all are heard", () -> heard(pool).contains("Checkpoint"));
      assertThat(heard(pool)).containsSubsequence("UserSuspend", "UserContinue", "Checkpoint");
    }
  }

  @Test
  void aRunningJobIsSavedNowAndThen() throws Exception {
    try (TestPool pool = desktop("PeriodicCheckpointTime = 1")) {
      pool.claim();
      pool.runs(1, "run");

      Await.until("a checkpoint is asked for", () -> heard(pool).contains("Checkpoint"));
      pool.awaitState(SLOT, "Claimed", "Busy");
    }
  }

  @Test
  void theMachineAdTellsTheBackendsAndWhatThePolicyRefersTo() throws Exception {
    try (TestPool pool = desktop()) {
      pool.awaitState(SLOT, "Unclaimed", "Idle");

      ClassAd ad = pool.matchmaker.ad(SLOT);
      assertThat(ad.string("CheckpointBackends")).contains("dmtcp,self,none");
      assertThat(ad.bool("HasCheckpoint")).contains(true);
      assertThat(ad.string("CheckpointPlatform")).contains("fake 1");
      assertThat(ad.has("CheckpointMissing")).isFalse();
      assertThat(ad.integer("KeyboardIdle")).hasValue(24 * 3600);
      assertThat(ad.names())
          .contains("LoadAvg", "CondorLoadAvg", "TotalLoadAvg", "TotalCondorLoadAvg", "CurrentTime")
          .contains("EnteredCurrentState", "EnteredCurrentActivity", "TotalTimeUnclaimedIdle");
    }
  }

  @Test
  void aStartdThatIsStoppedLetsItsJobSaveItself() throws Exception {
    try (TestPool pool = desktop()) {
      pool.claim();
      pool.runs(1, "run");

      assertThat(pool.stopStartd()).isTrue();

      ClaimRequest gone = pool.schedd.await("gone", ClaimRequest::hasRunGone);
      assertThat(gone.getRunGone().getReason()).isEqualTo("ended");
      assertThat(pool.starterProcesses()).isEmpty();
    }
  }

  @Test
  void aRealOwnerCannotBeSimulated() throws Exception {
    try (TestPool pool = new TestPool()) {
      pool.awaitState(SLOT, "Unclaimed", "Idle");

      assertThatThrownBy(() -> pool.owner(true))
          .isInstanceOf(PoolException.class)
          .hasMessageContaining("OWNER_SIMULATOR = true");
      assertThat(pool.ownerStatus().bool("OwnerSimulator")).contains(false);
      assertThat(pool.ownerStatus().integer("KeyboardIdle")).isPresent();
    }
  }
}
