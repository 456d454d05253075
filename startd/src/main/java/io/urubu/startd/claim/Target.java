package io.urubu.startd.claim;

import com.google.protobuf.ByteString;
import io.urubu.identity.Secret;
import io.urubu.protocol.AdCodec;
import io.urubu.protocol.claim.v1.ClaimRequest;
import io.urubu.protocol.claim.v1.Offer;
import io.urubu.protocol.claim.v1.Resume;
import io.urubu.protocol.id.RunRef;
import io.urubu.startd.slot.Claim;
import io.urubu.startd.slot.Match;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whom a claim link dials, and how it introduces itself: by ticket first, then by secret. */
final class Target {
  private final String schedd;
  private final String user;
  private final @Nullable Secret ticket;
  private volatile String address;
  private volatile @Nullable Secret secret;

  Target(Match match) {
    this.schedd = match.schedd();
    this.user = match.user();
    this.address = match.address();
    this.ticket = match.ticket();
  }

  Target(Claim claim) {
    this.schedd = claim.schedd();
    this.user = claim.user();
    this.address = claim.address();
    this.ticket = null;
    this.secret = claim.secret();
  }

  String schedd() {
    return schedd;
  }

  String user() {
    return user;
  }

  Optional<String> address() {
    return Optional.of(address);
  }

  /** From the grant on, the claim is taken up by its secret. */
  Secret granted(String reachedAt, Secret fresh) {
    address = reachedAt;
    Secret known = secret;
    if (known == null) {
      secret = fresh;
      return fresh;
    }
    return known;
  }

  ClaimRequest introduction(Wiring.SlotSide slot, Optional<RunRef> held) {
    Secret known = secret;
    ClaimRequest.Builder message = ClaimRequest.newBuilder();
    if (known == null && ticket != null) {
      return message
          .setOffer(
              Offer.newBuilder()
                  .setTicket(ByteString.copyFrom(ticket.bytes()))
                  .setSlot(slot.name())
                  .setMachineAd(AdCodec.toProto(slot.machineAd())))
          .build();
    }
    Resume.Builder resume =
        Resume.newBuilder()
            .setClaimSecret(ByteString.copyFrom(known == null ? new byte[0] : known.bytes()))
            .setSlot(slot.name())
            .setMachineAd(AdCodec.toProto(slot.machineAd()));
    held.ifPresent(run -> resume.setRun(run.toProto()));
    return message.setResume(resume).build();
  }
}
