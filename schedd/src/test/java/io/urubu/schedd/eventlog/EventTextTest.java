package io.urubu.schedd.eventlog;

import static org.assertj.core.api.Assertions.assertThat;

import io.urubu.classad.ClassAd;
import io.urubu.classad.ClassAdSyntaxException;
import io.urubu.protocol.id.JobId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The expected texts were written by HTCondor 23.9, but for hosts and contact strings. */
@Tag("unit")
class EventTextTest {
  private static final Instant AT = Instant.parse("2026-11-20T18:16:59Z");
  private static final JobId JOB = new JobId(3, 0);

  private final EventText text = new EventText(ZoneOffset.UTC);

  @Test
  void submittedWithTheNodeOfADag() throws Exception {
    assertThat(text.submitted(JOB, AT, "127.0.0.1:9618", Optional.of("DAG Node: A")))
        .isEqualTo(expected("000"));
  }

  @Test
  void executing() throws Exception {
    ClassAd ad =
        ClassAd.parse(
            """
            SlotName = "slot3@vm.bench.local"
            CondorScratchDir = "/home/alice/pool/execute/dir_30459"
            Cpus = 1
            Disk = 19371113
            Memory = 512
            """);

    assertThat(text.executing(JOB, AT, "slot3@vm.bench.local", ad)).isEqualTo(expected("001"));
  }

  @Test
  void evictedWithAReason() throws Exception {
    EventText.Eviction eviction = new EventText.Eviction("User requested the job to vacate", false);

    assertThat(text.evicted(JOB, AT, eviction, job(""), 14)).isEqualTo(expected("004"));
  }

  @Test
  void evictedWithACheckpoint() throws Exception {
    EventText.Eviction eviction = new EventText.Eviction("The owner is back", true);

    assertThat(text.evicted(JOB, AT, eviction, job(""), 14).lines().skip(1))
        .startsWith(
            "\t(1) Job was checkpointed.",
            "\t\tUsr 0 00:00:00, Sys 0 00:00:00  -  Run Remote Usage")
        .contains("\tThe owner is back");
  }

  /** As HTCondor's own reader wants them. */
  @Test
  void checkpointedSuspendedContinued() throws Exception {
    assertThat(
            text.checkpointed(JOB, AT, ClassAd.parse("RemoteUserCpu = 61.5\n"), 23_000_000)
                + text.suspended(JOB, AT, 3)
                + text.continued(JOB, AT))
        .isEqualTo(expected("003-010-011"));
  }

  @Test
  void terminatedNormally() throws Exception {
    assertThat(text.terminated(JOB, AT, job("ExitBySignal = false\nExitCode = 3\n"), 0))
        .isEqualTo(expected("005"));
  }

  @Test
  void terminatedBySignal() throws Exception {
    assertThat(text.terminated(JOB, AT, job("ExitBySignal = true\nExitSignal = 9\n"), 0))
        .isEqualTo(expected("005-signal"));
  }

  @Test
  void abortedHeldReleased() throws Exception {
    assertThat(
            text.aborted(JOB, AT, "via condor_rm (by user alice)")
                + text.held(JOB, AT, "via condor_hold (by user alice)", 1, 0)
                + text.released(JOB, AT, "via condor_release (by user alice)"))
        .isEqualTo(expected("009-012-013"));
  }

  @Test
  void disconnectedAndReconnected() throws Exception {
    assertThat(
            text.disconnected(
                    JOB,
                    AT,
                    "Local schedd and job shadow died, schedd now running again",
                    "slot1@vm.bench.local")
                + text.reconnected(JOB, AT, "slot1@vm.bench.local")
                + text.reconnectFailed(JOB, AT, "Job lease expired", "slot1@vm.bench.local"))
        .isEqualTo(expected("022-023-024"));
  }

  @Test
  void nobodyWritesAnEntryOfHisOwn() {
    String forged = text.aborted(JOB, AT, "x\n...\n005 (003.000.000) 2026 Job terminated.\n");

    assertThat(forged.lines().filter("..."::equals)).hasSize(1);
    assertThat(forged.lines()).hasSize(3);
  }

  @Test
  void longIdsAreNotPadded() {
    assertThat(text.aborted(new JobId(12345, 1000), AT, "x"))
        .startsWith("009 (12345.1000.000) 2026-11-20 18:16:59 Job was aborted.\n");
  }

  private static ClassAd job(String how) throws ClassAdSyntaxException {
    return ClassAd.parse(
        how
            + """
            RequestCpus = 1
            RequestDisk = 45
            RequestMemory = 1
            DiskUsage = 45
            ResidentSetSize = 4568
            CpusProvisioned = 1
            DiskProvisioned = 19371113
            MemoryProvisioned = 512
            RemoteUserCpu = 0.0
            RemoteSysCpu = 0.0
            """);
  }

  private static String expected(String name) throws IOException {
    try (InputStream in = EventTextTest.class.getResourceAsStream(name + ".txt")) {
      if (in == null) {
        throw new IllegalStateException("no golden " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
