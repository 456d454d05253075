package io.urubu.schedd.negotiate;

import static org.assertj.core.api.Assertions.assertThat;

import io.urubu.classad.ClassAd;
import io.urubu.classad.ClassAdSyntaxException;
import io.urubu.protocol.id.JobId;
import io.urubu.schedd.queue.Cluster;
import io.urubu.schedd.queue.Job;
import io.urubu.schedd.queue.JobLife;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class WaitingTest {
  private static final Instant NOW = Instant.parse("2026-11-20T20:00:00Z");
  private static final ClassAd MACHINE = machine(2);

  private final Waiting waiting = new Waiting();

  private static ClassAd machine(int cpus) {
    return ClassAd.builder().put("Cpus", cpus).put("Requirements", true).build();
  }

  private Job add(int cluster, int proc, String owner, String ad) throws ClassAdSyntaxException {
    return add(cluster, proc, owner, ad, NOW);
  }

  private Job add(int cluster, int proc, String owner, String ad, Instant notBefore)
      throws ClassAdSyntaxException {
    Job job =
        new Job(
            new JobId(cluster, proc),
            new Cluster(
                "schedd@host",
                cluster,
                owner,
                owner + "@x",
                10,
                ClassAd.parse(ad + "\nRequirements = TARGET.Cpus >= RequestCpus\n"),
                ClassAd.empty(),
                NOW.plusSeconds(cluster)),
            JobLife.FRESH,
            Optional.empty(),
            ClassAd.empty(),
            NOW,
            notBefore);
    waiting.changed(Optional.empty(), Optional.of(job), NOW);
    return job;
  }

  @Test
  void equalJobsOfOneUserAreOneDemand() throws Exception {
    add(1, 0, "alice", "RequestCpus = 1");
    add(1, 1, "alice", "RequestCpus = 1");
    add(2, 0, "alice", "RequestCpus = 2");
    add(3, 0, "bob", "RequestCpus = 1");

    List<Demand> demands = waiting.changes();

    assertThat(demands).extracting(Demand::user).containsExactly("alice@x", "alice@x", "bob@x");
    assertThat(demands).extracting(Demand::idle).containsExactly(2, 1, 1);
    assertThat(waiting.changes()).isEmpty();
  }

  @Test
  void matchesOnTheirWayAreNotAskedForAgain() throws Exception {
    add(1, 0, "alice", "RequestCpus = 1");
    add(1, 1, "alice", "RequestCpus = 1");
    long id = waiting.changes().getFirst().autocluster();

    waiting.expect(id, 1);

    assertThat(waiting.changes()).extracting(Demand::idle).containsExactly(1);
  }

  @Test
  void jobsRunByPriorityThenByAge() throws Exception {
    add(1, 0, "alice", "RequestCpus = 1");
    add(2, 0, "alice", "RequestCpus = 1\nJobPrio = 5");
    add(2, 1, "alice", "RequestCpus = 1\nJobPrio = 5");

    assertThat(waiting.next("alice@x", MACHINE)).contains(new JobId(2, 0));
    assertThat(waiting.next("bob@x", MACHINE)).isEmpty();
  }

  @Test
  void aJobThatDoesNotFitIsPassedOver() throws Exception {
    add(1, 0, "alice", "RequestCpus = 4");
    add(2, 0, "alice", "RequestCpus = 1");

    assertThat(waiting.next("alice@x", MACHINE)).contains(new JobId(2, 0));
    assertThat(waiting.next("alice@x", machine(8))).contains(new JobId(1, 0));
  }

  @Test
  void aDelayedJobComesWhenItsTimeHasCome() throws Exception {
    add(1, 0, "alice", "RequestCpus = 1", NOW.plusSeconds(5));
    assertThat(waiting.next("alice@x", MACHINE)).isEmpty();

    waiting.wake(NOW.plusSeconds(5));

    assertThat(waiting.next("alice@x", MACHINE)).contains(new JobId(1, 0));
  }

  @Test
  void newSignificantAttributesSplitWhatWasEqual() throws Exception {
    add(1, 0, "alice", "RequestCpus = 1\nColour = \"red\"");
    add(2, 0, "alice", "RequestCpus = 1\nColour = \"blue\"");
    assertThat(waiting.changes()).extracting(Demand::idle).containsExactly(2);

    waiting.significant(List.of("colour"), NOW);

    assertThat(waiting.changes()).extracting(Demand::idle).containsExactly(0, 1, 1);
  }

  @Test
  void aJobWhoseRequirementsBecameItsOwnIsAnotherDemand() throws Exception {
    add(1, 0, "alice", "RequestCpus = 1");
    Job saved = add(1, 1, "alice", "RequestCpus = 1");
    waiting.changes();
    Job bound =
        new Job(
            saved.id(),
            saved.cluster(),
            saved.life(),
            saved.run(),
            ClassAd.parse(
                """
                Requirements = TARGET.CheckpointPlatform =?= MY.LastCheckpointPlatform
                LastCheckpointPlatform = "x86"
                """),
            NOW,
            NOW);

    waiting.changed(Optional.of(saved), Optional.of(bound), NOW);

    List<Demand> demands = waiting.changes();
    assertThat(demands).extracting(Demand::idle).containsExactlyInAnyOrder(1, 1);
    assertThat(demands.stream().map(demand -> demand.ad().string("LastCheckpointPlatform")))
        .containsExactlyInAnyOrder(Optional.empty(), Optional.of("x86"));
    assertThat(waiting.next("alice@x", MACHINE)).contains(new JobId(1, 0));
  }

  @Test
  void aJobThatLeavesTakesItsDemandAlong() throws Exception {
    Job job = add(1, 0, "alice", "RequestCpus = 1");
    waiting.changes();

    waiting.changed(Optional.of(job), Optional.empty(), NOW);

    assertThat(waiting.changes()).extracting(Demand::idle).containsExactly(0);
    assertThat(waiting.next("alice@x", MACHINE)).isEmpty();
  }
}
