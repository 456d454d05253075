package io.urubu.startd.slot;

import static io.urubu.startd.slot.PolicyRule.CONTINUE;
import static io.urubu.startd.slot.PolicyRule.KILL;
import static io.urubu.startd.slot.PolicyRule.PERIODIC_CHECKPOINT;
import static io.urubu.startd.slot.PolicyRule.PREEMPT;
import static io.urubu.startd.slot.PolicyRule.START;
import static io.urubu.startd.slot.PolicyRule.SUSPEND;
import static io.urubu.startd.slot.PolicyRule.WANT_SUSPEND;
import static io.urubu.startd.slot.PolicyRule.WANT_VACATE;

import io.urubu.classad.ClassAd;
import io.urubu.identity.Secret;
import io.urubu.protocol.id.JobId;
import io.urubu.protocol.id.RunRef;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One slot state and one event of each kind. */
final class SlotSamples {
  static final Duration NOW = Duration.ofSeconds(1000);
  static final Duration LATER = Duration.ofSeconds(5000);
  static final Patience PATIENCE =
      new Patience(
          Duration.ofSeconds(20),
          Duration.ofSeconds(60),
          Duration.ofSeconds(10),
          Duration.ofSeconds(5),
          Duration.ofSeconds(5),
          Duration.ofSeconds(600),
          Duration.ofSeconds(15));
  static final Why WHY = new Why("UserCommand", "as asked");
  static final Optional<String> CLOSED = Optional.of("START is false");
  static final RunRef RUN = new RunRef("schedd@s", new JobId(4, 1), 2);
  static final RunRef OTHER = new RunRef("schedd@s", new JobId(5, 0), 1);
  static final Claim CLAIM =
      new Claim("schedd@s", "s:1", "alice@s", Secret.of(new byte[32]), Duration.ofMinutes(40));
  static final Match MATCH = new Match("schedd@s", "s:1", "alice@s", Secret.of(new byte[32]));
  static final Endpoint SHADOW = new Endpoint("s:2", "00".repeat(32));

  private SlotSamples() {}

  static SlotState.Claimed claimed(Work work) {
    return new SlotState.Claimed(CLAIM, work, LATER, false, Optional.empty());
  }

  static SlotState.Preempting preempting(Work work, boolean known, boolean draining) {
    return new SlotState.Preempting(CLAIM, work, LATER, known, draining, Optional.empty());
  }

  static Work.Ending ending(boolean killing) {
    return ending(killing ? Work.Stage.KILLING : Work.Stage.VACATING);
  }

  static Work.Ending ending(Work.Stage stage) {
    return new Work.Ending(RUN, stage, NOW.plusSeconds(3), WHY);
  }

  static Work.Running running() {
    return new Work.Running(RUN, Pace.from(NOW));
  }

  static Work.Running retiring() {
    return new Work.Running(RUN, Pace.from(NOW).retiring(NOW.plusSeconds(100)));
  }

  static Work.Suspended suspended() {
    return new Work.Suspended(RUN, Pace.from(NOW));
  }

  /** The policy's values with those rules true, START among them or not. */
  static SlotEvent.PolicySaw policy(PolicyRule... holding) {
    return policy(Duration.ZERO, holding);
  }

  static SlotEvent.PolicySaw policy(Duration retirement, PolicyRule... holding) {
    Set<PolicyRule> rules = Set.of(holding);
    return new SlotEvent.PolicySaw(
        new PolicyValues(
            rules.contains(PolicyRule.START) ? Optional.empty() : CLOSED,
            rules,
            retirement,
            Duration.ofSeconds(10)));
  }

  static Work.Gone gone() {
    return new Work.Gone(RUN, "as asked", NOW.plusSeconds(3));
  }

  static Work.Starting starting() {
    return new Work.Starting(RUN, NOW.plusSeconds(30), false);
  }

  static SlotEvent.ActivateAsked activate(RunRef run, Optional<String> refusal) {
    return new SlotEvent.ActivateAsked(
        new Activation(run, ClassAd.empty(), SHADOW, Secret.of(new byte[32])), refusal);
  }

  static SlotEvent.Granted granted() {
    return new SlotEvent.Granted(CLAIM, NOW, Optional.empty());
  }

  static Map<String, SlotState> states() {
    Map<String, SlotState> states = new LinkedHashMap<>();
    states.put("Owner", new SlotState.Owner("policy"));
    states.put("Unclaimed", new SlotState.Unclaimed());
    states.put("Matched", new SlotState.Matched(MATCH, NOW.plusSeconds(20)));
    states.put("Claimed, idle", claimed(new Work.Idle()));
    states.put("Claimed, starting", claimed(starting()));
    states.put("Claimed, running", claimed(running()));
    states.put("Claimed, retiring", claimed(retiring()));
    states.put(
        "Claimed, starting, suspended", claimed(new Work.Starting(RUN, NOW.plusSeconds(30), true)));
    states.put("Claimed, suspended", claimed(suspended()));
    states.put("Claimed, vacating", claimed(ending(false)));
    states.put("Claimed, uploading", claimed(ending(Work.Stage.UPLOADING)));
    states.put("Claimed, killing", claimed(ending(true)));
    states.put("Claimed, suspended, closed", claimed(suspended()).seen(CLOSED));
    states.put("Claimed, gone, closed", claimed(gone()).seen(CLOSED));
    states.put("Claimed, gone", claimed(gone()));
    states.put("Claimed for the last time, gone", claimed(gone()).forTheLastTime());
    states.put("Preempting, vacating", preempting(ending(false), true, false));
    states.put("Preempting, vacating, closed", preempting(ending(false), true, false).seen(CLOSED));
    states.put("Preempting, uploading", preempting(ending(Work.Stage.UPLOADING), true, false));
    states.put("Preempting, killing, closed", preempting(ending(true), true, false).seen(CLOSED));
    states.put(
        "Preempting, claim lost, killing, closed",
        preempting(ending(true), false, false).seen(CLOSED));
    states.put("Preempting, gone, closed", preempting(gone(), true, false).seen(CLOSED));
    states.put("Preempting, claim lost, killing", preempting(ending(true), false, false));
    states.put("Preempting, gone", preempting(gone(), true, false));
    states.put("Preempting, draining, vacating", preempting(ending(false), true, true));
    states.put("Drained", new SlotState.Drained("stop"));
    return states;
  }

  static Map<String, SlotEvent> events() {
    Map<String, SlotEvent> events = new LinkedHashMap<>();
    events.putAll(policies());
    events.put("a match came", new SlotEvent.MatchCame(MATCH));
    events.put("the schedd granted", granted());
    events.put("the schedd refused", new SlotEvent.Refused("not known"));
    events.put("a heartbeat was answered", new SlotEvent.HeartbeatAnswered(NOW));
    events.put("activate the run", activate(RUN, Optional.empty()));
    events.put("activate another run", activate(OTHER, Optional.empty()));
    events.put("activate, unwanted", activate(OTHER, Optional.of("START")));
    events.put("the starter took the run", new SlotEvent.StarterTook(RUN));
    events.put("the starter refused the run", new SlotEvent.StarterRefused(RUN, "no"));
    events.put("the run is gone", new SlotEvent.RunLeft(RUN, "exited"));
    events.put("deactivate gracefully", new SlotEvent.DeactivateAsked(RUN, true, WHY));
    events.put("deactivate at once", new SlotEvent.DeactivateAsked(RUN, false, WHY));
    events.put(
        "the run does not stand still", new SlotEvent.SuspendFailed(RUN, "the starter is deaf"));
    events.put("the run has left memory", new SlotEvent.MemoryLeft(RUN));
    events.put("a checkpoint was taken", new SlotEvent.Checkpointed(RUN));
    events.put("the user wants a standstill", new SlotEvent.Wished(RUN, new Wish.Suspend("x")));
    events.put("the user wants it to go on", new SlotEvent.Wished(RUN, new Wish.Continue()));
    events.put("the user wants a checkpoint", new SlotEvent.Wished(RUN, new Wish.Checkpoint()));
    events.put("release", new SlotEvent.ReleaseAsked("as asked"));
    events.put("gone was acknowledged", new SlotEvent.GoneAcknowledged(RUN));
    events.put("the shadow moved", new SlotEvent.ShadowMoved(RUN, SHADOW));
    events.put("drain", new SlotEvent.DrainAsked("stop"));
    return events;
  }

  private static Map<String, SlotEvent> policies() {
    Map<String, SlotEvent> events = new LinkedHashMap<>();
    events.put("policy: nothing is true", policy());
    events.put("policy: START", policy(START));
    events.put("policy: START, PREEMPT", policy(START, PREEMPT));
    events.put("policy: PREEMPT", policy(PREEMPT));
    events.put("policy: PREEMPT, WANT_VACATE", policy(PREEMPT, WANT_VACATE));
    events.put(
        "policy: PREEMPT, WANT_VACATE, retirement left",
        policy(Duration.ofSeconds(50), PREEMPT, WANT_VACATE));
    events.put("policy: WANT_SUSPEND, SUSPEND", policy(WANT_SUSPEND, SUSPEND));
    events.put("policy: WANT_SUSPEND, PREEMPT", policy(WANT_SUSPEND, PREEMPT));
    events.put("policy: SUSPEND alone", policy(SUSPEND));
    events.put("policy: CONTINUE", policy(CONTINUE));
    events.put("policy: START, CONTINUE", policy(START, CONTINUE));
    events.put("policy: KILL", policy(KILL));
    events.put("policy: START, PERIODIC_CHECKPOINT", policy(START, PERIODIC_CHECKPOINT));
    return events;
  }
}
