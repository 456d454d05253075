package io.urubu.startd.pool;

import static io.urubu.startd.pool.TestPool.SLOT;
import static org.assertj.core.api.Assertions.assertThat;

import io.urubu.protocol.claim.v1.ClaimRequest;
import io.urubu.protocol.id.RunRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is left, and what goes on, when the startd, a starter or the schedd dies. */
@Tag("module")
class StartdSurvivalTest {

  @Test
  void aKilledStartdAdoptsItsStarterAndResumesTheClaim() throws Exception {
    try (TestPool pool = new TestPool()) {
      pool.claim();
      RunRef run = pool.runs(1, "run");
      pool.awaitState(SLOT, "Claimed", "Busy");
      List<Long> before = starters(pool);
      Path stray = Files.createDirectories(pool.execute().resolve("s77/left"));

      pool.killStartd();
      pool.schedd.forget();
      pool.restartStartd();

      ClaimRequest resume = pool.schedd.await("resume", ClaimRequest::hasResume);
      assertThat(resume.getResume().getRun()).isEqualTo(run.toProto());
      assertThat(pool.schedd.hasSecret(resume.getResume().getClaimSecret())).isTrue();
      pool.awaitState(SLOT, "Claimed", "Busy");
      assertThat(starters(pool)).isEqualTo(before).hasSize(1);
      assertThat(stray).doesNotExist();
      assertThat(stray.getParent()).doesNotExist();

      pool.schedd.deactivate(run, true);
      pool.schedd.await("gone", ClaimRequest::hasRunGone);
    }
  }

  /** The starters themselves: the tools that they run come and go. */
  private static List<Long> starters(TestPool pool) throws IOException {
    return pool.starterProcesses().stream()
        .filter(process -> process.info().command().orElse("").endsWith("java"))
        .map(ProcessHandle::pid)
        .toList();
  }

  @Test
  void aStarterThatDiedWithTheStartdIsSweptAndItsRunReportedGone() throws Exception {
    try (TestPool pool = new TestPool()) {
      pool.claim();
      RunRef run = pool.runs(1, "run");
      pool.awaitState(SLOT, "Claimed", "Busy");

      pool.killStartd();
      // The job itself lives on: nobody but the startd ends it now.
      pool.starterProcesses().stream()
          .filter(process -> process.info().command().orElse("").endsWith("java"))
          .forEach(ProcessHandle::destroyForcibly);
      pool.schedd.forget();
      pool.restartStartd();

      assertThat(pool.schedd.await("gone", ClaimRequest::hasRunGone).getRunGone().getRun())
          .isEqualTo(run.toProto());
      pool.awaitState(SLOT, "Claimed", "Idle");
      assertThat(pool.starterProcesses()).isEmpty();
      assertThat(pool.starterFolders()).isEmpty();
    }
  }

  @Test
  void aStarterThatDiesIsSweptAndReplaced() throws Exception {
    try (TestPool pool = new TestPool()) {
      pool.claim();
      pool.runs(1, "run");
      pool.awaitState(SLOT, "Claimed", "Busy");

      pool.starterProcesses().stream()
          .filter(process -> process.info().command().orElse("").endsWith("java"))
          .forEach(ProcessHandle::destroyForcibly);

      pool.schedd.await("gone", ClaimRequest::hasRunGone);
      assertThat(pool.starterProcesses()).isEmpty();
      pool.awaitState(SLOT, "Claimed", "Idle");
      pool.runs(2, "run");
      pool.awaitState(SLOT, "Claimed", "Busy");
    }
  }

  @Test
  void aRunOutlivesItsScheddForTheLeaseOnly() throws Exception {
    try (TestPool pool = new TestPool()) {
      pool.schedd.leaseSeconds = 2;
      pool.claim();
      pool.runs(1, "run");
      pool.awaitState(SLOT, "Claimed", "Busy");

      pool.stopSchedd();
      pool.awaitState(SLOT, "Unclaimed", "Idle");

      assertThat(pool.log()).contains("Preempting/Killing");
      Await.until(
          "the job is gone",
          () ->
              pool.starterProcesses().stream()
                  .noneMatch(process -> process.info().command().orElse("").endsWith("sleep")));
    }
  }

  @Test
  void aScheddThatMovedIsFoundThroughTheMatchmaker() throws Exception {
    try (TestPool pool = new TestPool()) {
      pool.claim();
      RunRef run = pool.runs(1, "run");
      pool.awaitState(SLOT, "Claimed", "Busy");

      pool.stopSchedd();
      pool.schedd.forget();
      pool.restartSchedd();

      ClaimRequest resume = pool.schedd.await("resume", ClaimRequest::hasResume);
      assertThat(resume.getResume().getRun()).isEqualTo(run.toProto());
      pool.schedd.deactivate(run, false);
      pool.schedd.await("gone", ClaimRequest::hasRunGone);
    }
  }

  @Test
  void aClaimThatTheScheddForgotEndsWithItsRun() throws Exception {
    try (TestPool pool = new TestPool()) {
      pool.claim();
      pool.runs(1, "run");
      pool.awaitState(SLOT, "Claimed", "Busy");

      pool.schedd.refusing = true;
      pool.stopSchedd();
      pool.restartSchedd();

      pool.awaitState(SLOT, "Unclaimed", "Idle");
      assertThat(pool.schedd.count(ClaimRequest::hasRunGone)).isZero();
    }
  }

  @Test
  void goneIsSaidUntilItIsAcknowledgedAlsoAfterARestart() throws Exception {
    try (TestPool pool = new TestPool()) {
      pool.claim();
      pool.schedd.acknowledging = false;
      RunRef run = pool.runs(1, "run");
      pool.awaitState(SLOT, "Claimed", "Busy");
      pool.schedd.deactivate(run, false);
      pool.schedd.await("gone", ClaimRequest::hasRunGone);

      pool.killStartd();
      pool.schedd.forget();
      pool.restartStartd();

      ClaimRequest resume = pool.schedd.await("resume", ClaimRequest::hasResume);
      assertThat(resume.getResume().hasRun()).isFalse();
      assertThat(pool.schedd.await("gone", ClaimRequest::hasRunGone).getRunGone().getRun())
          .isEqualTo(run.toProto());
    }
  }
}
