package io.urubu.startd.agent;

import io.urubu.startd.machine.Machine;
import io.urubu.startd.machine.MachineAds;
import io.urubu.startd.machine.Outlook;
import io.urubu.startd.slot.SlotDecider;
import io.urubu.startd.starters.Starters;
import io.urubu.startd.state.StateFolder;
import java.time.Duration;
import java.time.InstantSource;

/**
 * What every slot's agent works with.
 *
 * @param retry until a state that could not be stored is stored again
 * @param outlook what is seen of the machine, and what its owner says to it
 * @param changed told whenever a slot's state changed
 */
public record Surroundings(
    SlotDecider decider,
    StateFolder state,
    Starters starters,
    io.urubu.startd.claim.Wiring claims,
    Machine machine,
    MachineAds ads,
    Outlook outlook,
    Runnable changed,
    InstantSource clock,
    Duration retry) {

  /** The monotonic time. */
  public Duration now() {
    return claims.now();
  }
}
