package io.urubu.schedd;

import com.google.protobuf.ByteString;
import io.grpc.stub.StreamObserver;
import io.urubu.classad.ClassAd;
import io.urubu.daemon.rpc.Hellos;
import io.urubu.daemon.rpc.IdentitySource;
import io.urubu.daemon.rpc.RpcServer;
import io.urubu.protocol.AdCodec;
import io.urubu.protocol.negotiate.v1.Demand;
import io.urubu.protocol.negotiate.v1.ListMachinesRequest;
import io.urubu.protocol.negotiate.v1.ListMachinesResponse;
import io.urubu.protocol.negotiate.v1.Match;
import io.urubu.protocol.negotiate.v1.NegotiateRequest;
import io.urubu.protocol.negotiate.v1.NegotiateResponse;
import io.urubu.protocol.negotiate.v1.NegotiateServiceGrpc;
import io.urubu.protocol.negotiate.v1.SignificantAttributes;
import io.urubu.protocol.wire.v1.HeartbeatAck;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** A matchmaker that matches what a test tells it to. */
final class FakeMatchmaker extends NegotiateServiceGrpc.NegotiateServiceImplBase
    implements AutoCloseable {
  private final RpcServer server;
  final BlockingQueue<Demand> demand = new LinkedBlockingQueue<>();
  private volatile @Nullable StreamObserver<NegotiateResponse> down;

  FakeMatchmaker(IdentitySource identity) throws IOException {
    server = RpcServer.start("127.0.0.1", 0, identity, List.of(this));
  }

  String address() {
    return "127.0.0.1:" + server.port();
  }

  @Override
  public StreamObserver<NegotiateRequest> negotiate(StreamObserver<NegotiateResponse> responses) {
    down = responses;
    return new StreamObserver<>() {
      @Override
      public void onNext(NegotiateRequest request) {
        if (request.hasHello()) {
          responses.onNext(NegotiateResponse.newBuilder().setHello(Hellos.mine()).build());
          responses.onNext(
              NegotiateResponse.newBuilder()
                  .setSignificantAttributes(
                      SignificantAttributes.newBuilder().addNames("RequestCpus"))
                  .build());
        } else if (request.hasHeartbeat()) {
          responses.onNext(
              NegotiateResponse.newBuilder()
                  .setHeartbeatAck(
                      HeartbeatAck.newBuilder().setNumber(request.getHeartbeat().getNumber()))
                  .build());
        } else if (request.hasDemand()) {
          demand.add(request.getDemand());
        }
      }

      @Override
      public void onError(Throwable cause) {}

      @Override
      public void onCompleted() {
        responses.onCompleted();
      }
    };
  }

  @Override
  public void listMachines(
      ListMachinesRequest request, StreamObserver<ListMachinesResponse> responses) {
    responses.onNext(
        ListMachinesResponse.newBuilder()
            .setAd(AdCodec.toProto(ClassAd.builder().put("Name", "slot1@ws1@host").build()))
            .build());
    responses.onCompleted();
  }

  /** What was asked for so far is past: the next demand is of what comes. */
  void forgetDemand() {
    demand.clear();
  }

  Demand nextDemand(int idle) throws InterruptedException {
    return Eventually.next(demand, "demand of " + idle, d -> d.getIdle() == idle);
  }

  void match(byte[] ticket, String slot, Demand asked, ClassAd machine) {
    var observer = down;
    if (observer == null) {
      throw new IllegalStateException("no schedd is connected");
    }
    observer.onNext(
        NegotiateResponse.newBuilder()
            .setMatch(
                Match.newBuilder()
                    .setTicket(ByteString.copyFrom(ticket))
                    .setSlot(slot)
                    .setUser(asked.getUser())
                    .setAutocluster(asked.getAutocluster())
                    .setMachineAd(AdCodec.toProto(machine)))
            .build());
  }

  @Override
  public void close() {
    server.close();
  }
}
