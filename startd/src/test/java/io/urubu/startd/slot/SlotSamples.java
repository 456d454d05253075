package io.urubu.startd.slot;

import io.urubu.classad.ClassAd;
import io.urubu.identity.Secret;
import io.urubu.protocol.id.JobId;
import io.urubu.protocol.id.RunRef;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

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
          Duration.ofSeconds(5));
  static final RunRef RUN = new RunRef("schedd@s", new JobId(4, 1), 2);
  static final RunRef OTHER = new RunRef("schedd@s", new JobId(5, 0), 1);
  static final Claim CLAIM =
      new Claim("schedd@s", "s:1", "alice@s", Secret.of(new byte[32]), Duration.ofMinutes(40));
  static final Match MATCH = new Match("schedd@s", "s:1", "alice@s", Secret.of(new byte[32]));
  static final Endpoint SHADOW = new Endpoint("s:2", "00".repeat(32));

  private SlotSamples() {}

  static SlotState.Claimed claimed(Work work) {
    return new SlotState.Claimed(CLAIM, work, LATER, false);
  }

  static SlotState.Preempting preempting(Work work, boolean known, boolean draining) {
    return new SlotState.Preempting(CLAIM, work, LATER, known, draining);
  }

  static Work.Ending ending(boolean killing) {
    return new Work.Ending(RUN, killing, NOW.plusSeconds(3), "as asked");
  }

  static Work.Gone gone() {
    return new Work.Gone(RUN, "as asked", NOW.plusSeconds(3));
  }

  static Work.Starting starting() {
    return new Work.Starting(RUN, NOW.plusSeconds(30));
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
    states.put("Claimed, running", claimed(new Work.Running(RUN)));
    states.put("Claimed, vacating", claimed(ending(false)));
    states.put("Claimed, killing", claimed(ending(true)));
    states.put("Claimed, gone", claimed(gone()));
    states.put(
        "Claimed for the last time, gone", new SlotState.Claimed(CLAIM, gone(), LATER, true));
    states.put("Preempting, vacating", preempting(ending(false), true, false));
    states.put("Preempting, claim lost, killing", preempting(ending(true), false, false));
    states.put("Preempting, gone", preempting(gone(), true, false));
    states.put("Preempting, draining, vacating", preempting(ending(false), true, true));
    states.put("Drained", new SlotState.Drained("stop"));
    return states;
  }

  static Map<String, SlotEvent> events() {
    Map<String, SlotEvent> events = new LinkedHashMap<>();
    events.put("the machine is closed", new SlotEvent.Closed("policy"));
    events.put("the machine is open", new SlotEvent.Opened());
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
    events.put("deactivate gracefully", new SlotEvent.DeactivateAsked(RUN, true, "as asked"));
    events.put("deactivate at once", new SlotEvent.DeactivateAsked(RUN, false, "as asked"));
    events.put("release", new SlotEvent.ReleaseAsked("as asked"));
    events.put("gone was acknowledged", new SlotEvent.GoneAcknowledged(RUN));
    events.put("the shadow moved", new SlotEvent.ShadowMoved(RUN, SHADOW));
    events.put("drain", new SlotEvent.DrainAsked("stop"));
    return events;
  }
}
