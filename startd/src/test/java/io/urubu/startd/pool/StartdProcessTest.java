package io.urubu.startd.pool;

import static io.urubu.startd.pool.TestPool.SLOT;
import static org.assertj.core.api.Assertions.assertThat;

import io.urubu.protocol.claim.v1.ClaimRequest;
import io.urubu.protocol.id.RunRef;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A real startd process between a matchmaker, a schedd and starters. */
@Tag("module")
class StartdProcessTest {

  @Test
  void runsAJobAndGivesEverythingBackWhenItGoesDown() throws Exception {
    try (TestPool pool = new TestPool("NUM_SLOTS = 2")) {
      pool.claim();
      RunRef first = pool.runs(1, "run");
      pool.awaitState(SLOT, "Claimed", "Busy");
      assertThat(pool.status().getFirst().string("Run")).contains(first.toString());
      assertThat(pool.status().getFirst().toString()).doesNotContain("Secret");

      pool.schedd.deactivate(first, true);
      assertThat(pool.schedd.await("gone", ClaimRequest::hasRunGone).getRunGone().getRun())
          .isEqualTo(first.toProto());
      pool.awaitState(SLOT, "Claimed", "Idle");
      pool.runs(2, "run");
      pool.awaitState(SLOT, "Claimed", "Busy");

      assertThat(pool.stopStartd()).isTrue();
      pool.schedd.await("released", ClaimRequest::hasReleased);
      assertThat(pool.schedd.count(ClaimRequest::hasRunGone)).isEqualTo(2);
      assertThat(pool.matchmaker.adBySlot).isEmpty();
      assertThat(pool.starterProcesses()).isEmpty();
      assertThat(pool.starterFolders()).isEmpty();
    }
  }

  @Test
  void listensNowhereOnTheNetwork() throws Exception {
    try (TestPool pool = new TestPool()) {
      pool.awaitState(SLOT, "Unclaimed", "Idle");

      assertThat(Listeners.of(pool.startd().pid())).isEmpty();
    }
  }
}
