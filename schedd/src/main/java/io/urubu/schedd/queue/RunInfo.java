package io.urubu.schedd.queue;

import io.urubu.identity.Secret;
import java.util.HexFormat;

/**
 * What belongs to a job's current run.
 *
 * @param ticket opens the run at the shadow
 * @param claimSha256 hex; recognises the claim that holds the run when its startd comes back
 * @param slot the claimed slot's name
 * @param executed whether the event log says already that the program was started
 */
public record RunInfo(Secret ticket, String claimSha256, String slot, boolean executed) {

  byte[] claimBytes() {
    return HexFormat.of().parseHex(claimSha256);
  }

  /** Name of the startd whose slot it is. */
  String startd() {
    return slot.substring(slot.indexOf('@') + 1);
  }

  RunInfo started() {
    return new RunInfo(ticket, claimSha256, slot, true);
  }
}
