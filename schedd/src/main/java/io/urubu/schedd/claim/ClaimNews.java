package io.urubu.schedd.claim;

import io.urubu.classad.ClassAd;
import io.urubu.identity.Secret;
import io.urubu.protocol.claim.v1.ClaimResponse;
import io.urubu.protocol.id.RunRef;
import io.urubu.schedd.line.Line;
import io.urubu.schedd.queue.Departure;
import java.util.Optional;

/** What startds say on their claim streams. */
public sealed interface ClaimNews {
  Line<ClaimResponse> line();

  /** A slot that was matched; the ticket proves it. */
  record Offered(Line<ClaimResponse> line, Secret ticket, String slot, ClassAd machine)
      implements ClaimNews {}

  /** A claim whose stream broke is back. */
  record Resumed(
      Line<ClaimResponse> line, Secret claim, String slot, Optional<RunRef> run, ClassAd machine)
      implements ClaimNews {}

  record Activated(Line<ClaimResponse> line, RunRef run) implements ClaimNews {}

  record ActivationRefused(
      Line<ClaimResponse> line, RunRef run, String reason, boolean machineFault)
      implements ClaimNews {}

  /**
   * Nothing of a run is left on its workstation.
   *
   * @param claimEnds the workstation takes the slot back
   */
  record RunGone(Line<ClaimResponse> line, RunRef run, Departure departure, boolean claimEnds)
      implements ClaimNews {}

  record Released(Line<ClaimResponse> line, String reason) implements ClaimNews {}

  /** The stream has ended, for whatever reason. */
  record Broken(Line<ClaimResponse> line) implements ClaimNews {}
}
