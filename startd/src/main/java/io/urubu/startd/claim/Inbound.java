package io.urubu.startd.claim;

import io.urubu.classad.ClassAd;
import io.urubu.classad.ClassAdSyntaxException;
import io.urubu.identity.Secret;
import io.urubu.protocol.AdCodec;
import io.urubu.protocol.claim.v1.Activate;
import io.urubu.protocol.claim.v1.ActivationRefused;
import io.urubu.protocol.claim.v1.ClaimRequest;
import io.urubu.protocol.claim.v1.ClaimResponse;
import io.urubu.protocol.claim.v1.Deactivate;
import io.urubu.protocol.id.RunRef;
import io.urubu.protocol.wire.v1.RunId;
import io.urubu.protocol.wire.v1.ShadowEndpoint;
import io.urubu.startd.slot.Activation;
import io.urubu.startd.slot.Endpoint;
import io.urubu.startd.slot.SlotEvent;
import io.urubu.startd.slot.Why;
import io.urubu.startd.slot.Wish;
import java.util.HexFormat;
import java.util.function.Consumer;

/** What a schedd orders, checked and turned into events of the slot. */
final class Inbound {
  private static final int LONGEST_REASON = 500;

  private final Wiring.SlotSide slot;
  private final Consumer<SlotEvent> events;

  Inbound(Wiring.SlotSide slot, Consumer<SlotEvent> events) {
    this.slot = slot;
    this.events = events;
  }

  void received(ClaimResponse message, Consumer<ClaimRequest> answers) {
    switch (message.getMessageCase()) {
      case ACTIVATE -> activate(message.getActivate(), answers);
      case DEACTIVATE -> {
        Deactivate ask = message.getDeactivate();
        events.accept(
            new SlotEvent.DeactivateAsked(
                run(ask.getRun()),
                ask.getGraceful(),
                new Why(bounded(ask.getCode()), bounded(ask.getReason()))));
      }
      case RELEASE ->
          events.accept(new SlotEvent.ReleaseAsked(bounded(message.getRelease().getReason())));
      case SHADOW_MOVED ->
          events.accept(
              new SlotEvent.ShadowMoved(
                  run(message.getShadowMoved().getRun()),
                  endpoint(message.getShadowMoved().getShadow())));
      case RUN_GONE_ACK ->
          events.accept(new SlotEvent.GoneAcknowledged(run(message.getRunGoneAck().getRun())));
      case SUSPEND_RUN ->
          events.accept(
              new SlotEvent.Wished(
                  run(message.getSuspendRun().getRun()),
                  new Wish.Suspend(bounded(message.getSuspendRun().getReason()))));
      case CONTINUE_RUN ->
          events.accept(
              new SlotEvent.Wished(run(message.getContinueRun().getRun()), new Wish.Continue()));
      case CHECKPOINT_RUN ->
          events.accept(
              new SlotEvent.Wished(
                  run(message.getCheckpointRun().getRun()), new Wish.Checkpoint()));
      case HELLO, GRANTED, REFUSED, HEARTBEAT_ACK, MESSAGE_NOT_SET -> {}
    }
  }

  private void activate(Activate ask, Consumer<ClaimRequest> answers) {
    RunRef run = run(ask.getRun());
    try {
      ClassAd jobAd = AdCodec.fromProto(ask.getJobAd());
      Activation activation =
          new Activation(
              run, jobAd, endpoint(ask.getShadow()), Secret.of(ask.getRunTicket().toByteArray()));
      events.accept(new SlotEvent.ActivateAsked(activation, slot.refusal(jobAd)));
    } catch (ClassAdSyntaxException | IllegalArgumentException e) {
      answers.accept(
          ClaimRequest.newBuilder()
              .setActivationRefused(
                  ActivationRefused.newBuilder()
                      .setRun(run.toProto())
                      .setReason(bounded("the order cannot be read: " + e.getMessage())))
              .build());
    }
  }

  private static RunRef run(RunId id) {
    return RunRef.fromProto(id)
        .orElseThrow(() -> new IllegalArgumentException("a message names no run"));
  }

  private static Endpoint endpoint(ShadowEndpoint shadow) {
    return new Endpoint(
        shadow.getAddress(), HexFormat.of().formatHex(shadow.getCertificateSha256().toByteArray()));
  }

  static String bounded(String text) {
    String cut = text.length() > LONGEST_REASON ? text.substring(0, LONGEST_REASON) : text;
    return cut.replaceAll("\\p{Cntrl}", " ");
  }
}
