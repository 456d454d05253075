package io.urubu.startd.machine;

import static io.urubu.startd.slot.PolicyRule.CONTINUE;
import static io.urubu.startd.slot.PolicyRule.KILL;
import static io.urubu.startd.slot.PolicyRule.PERIODIC_CHECKPOINT;
import static io.urubu.startd.slot.PolicyRule.PREEMPT;
import static io.urubu.startd.slot.PolicyRule.START;
import static io.urubu.startd.slot.PolicyRule.SUSPEND;
import static io.urubu.startd.slot.PolicyRule.WANT_SUSPEND;
import static io.urubu.startd.slot.PolicyRule.WANT_VACATE;
import static org.assertj.core.api.Assertions.assertThat;

import io.urubu.classad.ClassAd;
import io.urubu.config.Config;
import io.urubu.config.ConfigSources;
import io.urubu.startd.slot.PolicyRule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("unit")
class OwnerPolicyTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);
  private static final ClassAd JOB = ClassAd.builder().put("Owner", "alice").build();

  @TempDir Path folder;

  private OwnerPolicy policy(String... lines) throws Exception {
    Path file = Files.writeString(folder.resolve("urubu.conf"), String.join("\n", lines) + "\n");
    return OwnerPolicy.of(Config.load(ConfigSources.builder().main(file).build()), () -> NOW);
  }

  private static ClassAd machine(long idle, double load, double jobs, String activity, long since) {
    return ClassAd.builder()
        .put("KeyboardIdle", idle)
        .put("LoadAvg", load)
        .put("CondorLoadAvg", jobs)
        .put("Activity", activity)
        .put("EnteredCurrentActivity", NOW.getEpochSecond() - since)
        .put("LastPeriodicCheckpoint", NOW.getEpochSecond() - since)
        .build();
  }

  private static Set<PolicyRule> holding(OwnerPolicy policy, ClassAd machine) {
    return policy.look(machine, JOB, Optional.empty(), Optional.empty()).values().holding();
  }

  @Test
  void aDesktopLendsWhatItsOwnerDoesNotUse() throws Exception {
    OwnerPolicy desktop = policy("use POLICY : Desktop");

    assertThat(holding(desktop, machine(899, 0, 0, "Idle", 0))).doesNotContain(START);
    assertThat(holding(desktop, machine(900, 0, 0, "Idle", 0))).contains(START);
    assertThat(holding(desktop, machine(900, 0.6, 0, "Idle", 0))).doesNotContain(START);
    assertThat(holding(desktop, machine(900, 8.4, 8, "Busy", 0))).contains(START);
  }

  @Test
  void aDesktopsOwnerIsServedStepByStep() throws Exception {
    OwnerPolicy desktop = policy("use POLICY : Desktop");

    assertThat(holding(desktop, machine(0, 1, 1, "Busy", 5)))
        .containsExactlyInAnyOrder(WANT_SUSPEND, SUSPEND, WANT_VACATE);
    assertThat(holding(desktop, machine(999, 9, 7, "Busy", 5))).contains(SUSPEND);
    assertThat(holding(desktop, machine(999, 9, 8.5, "Busy", 5))).doesNotContain(SUSPEND);
    assertThat(holding(desktop, machine(119, 0, 0, "Suspended", 9)))
        .doesNotContain(CONTINUE, PREEMPT);
    assertThat(holding(desktop, machine(120, 0, 0, "Suspended", 9))).contains(CONTINUE);
    assertThat(holding(desktop, machine(5, 0, 0, "Suspended", 10))).contains(PREEMPT);
    assertThat(holding(desktop, machine(5, 0, 0, "Vacating", 30))).doesNotContain(KILL);
    assertThat(holding(desktop, machine(5, 0, 0, "Vacating", 31))).contains(KILL);
    assertThat(holding(desktop, machine(5000, 0, 0, "Busy", 1799)))
        .doesNotContain(PERIODIC_CHECKPOINT);
    assertThat(holding(desktop, machine(5000, 0, 0, "Busy", 1800))).contains(PERIODIC_CHECKPOINT);
  }

  @Test
  void everyTimeCanBeSetBeforeOrBehindTheTemplate() throws Exception {
    OwnerPolicy desktop =
        policy(
            "StartIdleTime = 5", "use POLICY : Desktop", "MaxSuspendTime = 3", "MaxVacateTime = 7");

    assertThat(holding(desktop, machine(5, 0, 0, "Suspended", 3))).contains(START, PREEMPT);
    assertThat(
            desktop
                .look(machine(5, 0, 0, "Suspended", 3), JOB, Optional.empty(), Optional.empty())
                .values()
                .vacate())
        .isEqualTo(Duration.ofSeconds(7));
  }

  @Test
  void aMachineWithBrokenSensorsIsInUse() throws Exception {
    Sight sight =
        policy("use POLICY : Desktop")
            .look(
                machine(5000, 0, 0, "Busy", 5),
                JOB,
                Optional.empty(),
                Optional.of("the sensor input failed: x"));

    assertThat(sight.values().holding()).contains(SUSPEND).doesNotContain(START, CONTINUE);
    assertThat(sight.values().closed()).contains("the sensor input failed: x");
  }

  @Test
  void whatIsUndefinedIsNotSoUnlessItIsASlipOfThePen() throws Exception {
    ClassAd machine = machine(5, 0, 0, "Busy", 5);

    assertThat(holding(policy("SUSPEND = TARGET.IsHog"), machine)).doesNotContain(SUSPEND);
    assertThat(holding(policy("SUSPEND = KeybordIdle < 60"), machine)).contains(SUSPEND);
    assertThat(holding(policy("CONTINUE = KeybordIdle > 60"), machine)).doesNotContain(CONTINUE);
    assertThat(holding(policy("PREEMPT = 1 + \"x\""), machine)).contains(PREEMPT);
    assertThat(holding(policy("START = TARGET.Owner == \"bob\""), machine)).contains(START);
  }

  @Test
  void aTransitionsGroundsNameTheExpressionAndWhatItSaw() throws Exception {
    OwnerPolicy desktop = policy("use POLICY : Desktop");
    Sight sight =
        desktop.look(machine(3, 1.5, 0.25, "Busy", 5), JOB, Optional.empty(), Optional.empty());

    assertThat(desktop.grounds(SUSPEND, sight))
        .startsWith("SUSPEND: (KeyboardIdle < 60)")
        .contains("CondorLoadAvg=0.25, KeyboardIdle=3, LoadAvg=1.5");
  }

  @Test
  void aJobMayWantLessTimeToLeaveThanTheMachineGives() throws Exception {
    ClassAd hurried = ClassAd.builder().put("JobMaxVacateTime", 2).build();
    ClassAd slow = ClassAd.builder().put("JobMaxVacateTime", 2000).build();
    OwnerPolicy policy = policy("MACHINE_MAX_VACATE_TIME = 20 s", "MAXJOBRETIREMENTTIME = 60");
    ClassAd machine = machine(5, 0, 0, "Busy", 5);

    assertThat(policy.look(machine, hurried, Optional.empty(), Optional.empty()).values().vacate())
        .isEqualTo(Duration.ofSeconds(2));
    var values = policy.look(machine, slow, Optional.empty(), Optional.empty()).values();
    assertThat(values.vacate()).isEqualTo(Duration.ofSeconds(20));
    assertThat(values.retirement()).isEqualTo(Duration.ofSeconds(60));
  }
}
