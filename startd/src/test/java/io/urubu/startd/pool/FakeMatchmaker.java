package io.urubu.startd.pool;

import com.google.protobuf.ByteString;
import io.grpc.stub.StreamObserver;
import io.urubu.classad.ClassAd;
import io.urubu.classad.ClassAdSyntaxException;
import io.urubu.daemon.rpc.CallPeer;
import io.urubu.daemon.rpc.Hellos;
import io.urubu.identity.Role;
import io.urubu.identity.Secret;
import io.urubu.protocol.AdCodec;
import io.urubu.protocol.advertise.v1.AdvertiseRequest;
import io.urubu.protocol.advertise.v1.AdvertiseResponse;
import io.urubu.protocol.advertise.v1.AdvertiseServiceGrpc.AdvertiseServiceImplBase;
import io.urubu.protocol.advertise.v1.LocateScheddRequest;
import io.urubu.protocol.advertise.v1.LocateScheddResponse;
import io.urubu.protocol.advertise.v1.Matched;
import io.urubu.protocol.advertise.v1.SlotAd;
import io.urubu.protocol.wire.v1.HeartbeatAck;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A matchmaker that keeps ads and matches when it is told to. */
public final class FakeMatchmaker extends AdvertiseServiceImplBase {
  final Map<String, ClassAd> adBySlot = new ConcurrentHashMap<>();
  final AtomicInteger completeAds = new AtomicInteger();
  final AtomicInteger partialAds = new AtomicInteger();
  volatile String scheddAddress = "";
  private volatile @Nullable StreamObserver<AdvertiseResponse> stream;

  @Override
  public StreamObserver<AdvertiseRequest> advertise(StreamObserver<AdvertiseResponse> responses) {
    CallPeer.require(Role.STARTD);
    stream = responses;
    return new StreamObserver<>() {
      @Override
      public void onNext(AdvertiseRequest message) {
        received(message, responses);
      }

      @Override
      public void onError(Throwable cause) {
        adBySlot.clear();
      }

      @Override
      public void onCompleted() {
        responses.onCompleted();
      }
    };
  }

  private void received(AdvertiseRequest message, StreamObserver<AdvertiseResponse> responses) {
    switch (message.getMessageCase()) {
      case HELLO ->
          responses.onNext(AdvertiseResponse.newBuilder().setHello(Hellos.mine()).build());
      case SLOT_AD -> advertised(message.getSlotAd());
      case SLOT_GONE -> adBySlot.remove(message.getSlotGone().getSlot());
      case HEARTBEAT ->
          responses.onNext(
              AdvertiseResponse.newBuilder()
                  .setHeartbeatAck(
                      HeartbeatAck.newBuilder().setNumber(message.getHeartbeat().getNumber()))
                  .build());
      case MESSAGE_NOT_SET -> throw new AssertionError("an empty message");
    }
  }

  private void advertised(SlotAd message) {
    try {
      ClassAd ad = AdCodec.fromProto(message.getAd());
      if (message.getComplete()) {
        completeAds.incrementAndGet();
        adBySlot.put(message.getSlot(), ad);
      } else {
        partialAds.incrementAndGet();
        ClassAd.Builder merged = ad(message.getSlot()).toBuilder().putAll(ad);
        message.getRemovedList().forEach(merged::remove);
        adBySlot.put(message.getSlot(), merged.build());
      }
    } catch (ClassAdSyntaxException e) {
      throw new AssertionError(e);
    }
  }

  /** The slot's ad as it was last told; empty without one. */
  ClassAd ad(String slot) {
    return adBySlot.getOrDefault(slot, ClassAd.empty());
  }

  @Override
  public void locateSchedd(
      LocateScheddRequest request, StreamObserver<LocateScheddResponse> answer) {
    CallPeer.require(Role.STARTD);
    answer.onNext(LocateScheddResponse.newBuilder().setAddress(scheddAddress).build());
    answer.onCompleted();
  }

  /** Matches the slot with the user at that schedd. */
  void match(String slot, Secret ticket, String schedd, String address, String user) {
    StreamObserver<AdvertiseResponse> open = stream;
    if (open == null) {
      throw new AssertionError("no startd advertises");
    }
    open.onNext(
        AdvertiseResponse.newBuilder()
            .setMatched(
                Matched.newBuilder()
                    .setSlot(slot)
                    .setTicket(ByteString.copyFrom(ticket.bytes()))
                    .setSchedd(schedd)
                    .setScheddAddress(address)
                    .setUser(user))
            .build());
  }
}
