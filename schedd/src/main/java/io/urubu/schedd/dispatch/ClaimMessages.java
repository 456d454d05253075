package io.urubu.schedd.dispatch;

import com.google.protobuf.ByteString;
import io.urubu.classad.ClassAd;
import io.urubu.identity.Secret;
import io.urubu.protocol.AdCodec;
import io.urubu.protocol.claim.v1.Activate;
import io.urubu.protocol.claim.v1.CheckpointRun;
import io.urubu.protocol.claim.v1.ClaimResponse;
import io.urubu.protocol.claim.v1.ContinueRun;
import io.urubu.protocol.claim.v1.Deactivate;
import io.urubu.protocol.claim.v1.Granted;
import io.urubu.protocol.claim.v1.Refused;
import io.urubu.protocol.claim.v1.Release;
import io.urubu.protocol.claim.v1.RunGoneAck;
import io.urubu.protocol.claim.v1.ShadowMoved;
import io.urubu.protocol.claim.v1.SuspendRun;
import io.urubu.protocol.id.RunRef;
import io.urubu.protocol.wire.v1.ShadowEndpoint;
import io.urubu.schedd.queue.Departure;
import io.urubu.schedd.queue.Order;
import java.time.Duration;

/** What is said to startds. */
final class ClaimMessages {
  private ClaimMessages() {}

  static ClaimResponse granted(Secret claim, String user, Duration lease) {
    return ClaimResponse.newBuilder()
        .setGranted(
            Granted.newBuilder()
                .setClaimSecret(ByteString.copyFrom(claim.bytes()))
                .setUser(user)
                .setLeaseSeconds((int) lease.toSeconds()))
        .build();
  }

  static ClaimResponse refused(String reason) {
    return ClaimResponse.newBuilder().setRefused(Refused.newBuilder().setReason(reason)).build();
  }

  static ClaimResponse activate(RunRef run, ClassAd job, ShadowEndpoint shadow, Secret ticket) {
    return ClaimResponse.newBuilder()
        .setActivate(
            Activate.newBuilder()
                .setRun(run.toProto())
                .setJobAd(AdCodec.toProto(job))
                .setShadow(shadow)
                .setRunTicket(ByteString.copyFrom(ticket.bytes())))
        .build();
  }

  static ClaimResponse deactivate(RunRef run, String reason) {
    return deactivate(run, new Departure("", reason), true);
  }

  private static ClaimResponse deactivate(RunRef run, Departure departure, boolean graceful) {
    return ClaimResponse.newBuilder()
        .setDeactivate(
            Deactivate.newBuilder()
                .setRun(run.toProto())
                .setReason(departure.reason())
                .setGraceful(graceful)
                .setCode(departure.code()))
        .build();
  }

  /** What a person wants of the run. */
  static ClaimResponse order(RunRef run, Order order) {
    ClaimResponse.Builder message = ClaimResponse.newBuilder();
    return switch (order) {
      case Order.Vacate(boolean fast, var reason) ->
          deactivate(run, new Departure(Departure.USER_COMMAND, reason), !fast);
      case Order.Suspend(var reason) ->
          message
              .setSuspendRun(SuspendRun.newBuilder().setRun(run.toProto()).setReason(reason))
              .build();
      case Order.Continue() ->
          message.setContinueRun(ContinueRun.newBuilder().setRun(run.toProto())).build();
      case Order.TakeCheckpoint() ->
          message.setCheckpointRun(CheckpointRun.newBuilder().setRun(run.toProto())).build();
    };
  }

  static ClaimResponse release(String reason) {
    return ClaimResponse.newBuilder().setRelease(Release.newBuilder().setReason(reason)).build();
  }

  static ClaimResponse shadowMoved(RunRef run, ShadowEndpoint shadow) {
    return ClaimResponse.newBuilder()
        .setShadowMoved(ShadowMoved.newBuilder().setRun(run.toProto()).setShadow(shadow))
        .build();
  }

  static ClaimResponse runGoneAck(RunRef run) {
    return ClaimResponse.newBuilder()
        .setRunGoneAck(RunGoneAck.newBuilder().setRun(run.toProto()))
        .build();
  }
}
