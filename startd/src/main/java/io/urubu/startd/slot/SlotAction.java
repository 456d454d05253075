package io.urubu.startd.slot;

import io.urubu.protocol.id.RunRef;
import java.util.Optional;

/** What the agent of a slot carries out. Each may be carried out twice. */
public sealed interface SlotAction {

  /** Dial the matched schedd and show it the ticket. */
  record Dial(Match match) implements SlotAction {}

  /** End the stream to the schedd; with a reason, give the claim back first. */
  record HangUp(Optional<String> released) implements SlotAction {}

  /** Hand the run to the user's starter, which is spawned when there is none. */
  record StartRun(Claim claim, Activation activation) implements SlotAction {}

  /** Tell the schedd that the starter has the run. */
  record TellActivated(RunRef run) implements SlotAction {}

  /** Tell the schedd that the run will not start here. */
  record TellRefused(RunRef run, String reason, boolean machineFault) implements SlotAction {}

  /** Tell the starter to end the run. */
  record EndRun(String user, RunRef run, boolean graceful, Why why) implements SlotAction {}

  /** Make every process of the run stand still, before anything else. */
  record SuspendRun(String user, RunRef run, String reason) implements SlotAction {}

  /** The owner no longer wants the run to stand still. */
  record ContinueRun(String user, RunRef run) implements SlotAction {}

  /** Tell the starter what is wished of the run. */
  record PassWish(String user, RunRef run, Wish wish) implements SlotAction {}

  /** The starter does not obey: kill it and whatever it started, and sweep. */
  record KillStarter(String user, RunRef run, String reason) implements SlotAction {}

  /** Tell the starter where the run's shadow is now. */
  record MoveShadow(String user, RunRef run, Endpoint shadow) implements SlotAction {}

  /**
   * Tell the schedd that nothing of the run is left here.
   *
   * @param isLast the slot is being taken back: the claim gets no further run
   */
  record TellGone(RunRef run, String reason, boolean isLast) implements SlotAction {
    TellGone(RunRef run, String reason) {
      this(run, reason, false);
    }
  }
}
