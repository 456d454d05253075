package io.urubu.matchmaker.negotiate;

import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.urubu.classad.ClassAd;
import io.urubu.classad.ClassAdSyntaxException;
import io.urubu.classad.Expression;
import io.urubu.daemon.rpc.CallPeer;
import io.urubu.identity.Role;
import io.urubu.matchmaker.collector.DemandBook;
import io.urubu.matchmaker.collector.MachineBook;
import io.urubu.matchmaker.stream.Lobby;
import io.urubu.matchmaker.stream.Refusals;
import io.urubu.matchmaker.stream.Silent;
import io.urubu.protocol.AdCodec;
import io.urubu.protocol.negotiate.v1.ListMachinesRequest;
import io.urubu.protocol.negotiate.v1.ListMachinesResponse;
import io.urubu.protocol.negotiate.v1.NegotiateRequest;
import io.urubu.protocol.negotiate.v1.NegotiateResponse;
import io.urubu.protocol.negotiate.v1.NegotiateServiceGrpc;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicBoolean;

/** Takes the schedds' demand into the demand book. Only schedds may call. */
public final class NegotiateService extends NegotiateServiceGrpc.NegotiateServiceImplBase {
  private static final int MAX_CONSTRAINT_LENGTH = 64 << 10;

  private final MachineBook machines;
  private final DemandBook demands;
  private final Lobby lobby;
  private final Runnable demandChanged;

  public NegotiateService(
      MachineBook machines, DemandBook demands, Lobby lobby, Runnable demandChanged) {
    this.machines = machines;
    this.demands = demands;
    this.lobby = lobby;
    this.demandChanged = demandChanged;
  }

  @Override
  public StreamObserver<NegotiateRequest> negotiate(StreamObserver<NegotiateResponse> answers) {
    try {
      String schedd = CallPeer.require(Role.SCHEDD).name();
      ScheddStream stream =
          new ScheddStream(
              schedd,
              (ServerCallStreamObserver<NegotiateResponse>) answers,
              demands,
              lobby,
              demandChanged);
      stream.begin();
      return stream;
    } catch (StatusRuntimeException e) {
      answers.onError(e);
      return new Silent<>();
    }
  }

  @Override
  public void listMachines(
      ListMachinesRequest request, StreamObserver<ListMachinesResponse> answers) {
    try {
      CallPeer.require(Role.SCHEDD);
      String constraint = request.getConstraint();
      if (constraint.length() > MAX_CONSTRAINT_LENGTH) {
        throw Refusals.invalid(
                "a constraint of %d characters, allowed are %d"
                    .formatted(constraint.length(), MAX_CONSTRAINT_LENGTH))
            .asRuntimeException();
      }
      Expression wanted = Expression.parse(constraint.isBlank() ? "true" : constraint);
      Iterator<ClassAd> chosen =
          machines.ads().stream().filter(ad -> wanted.isTrue(ad, ClassAd.empty())).iterator();
      sendAsRead(chosen, (ServerCallStreamObserver<ListMachinesResponse>) answers);
    } catch (ClassAdSyntaxException e) {
      answers.onError(Refusals.invalid(e).asRuntimeException());
    } catch (StatusRuntimeException e) {
      answers.onError(e);
    }
  }

  /** Evaluates and sends no faster than the peer reads. */
  private static void sendAsRead(
      Iterator<ClassAd> ads, ServerCallStreamObserver<ListMachinesResponse> answers) {
    AtomicBoolean isComplete = new AtomicBoolean();
    answers.setOnCancelHandler(() -> isComplete.set(true));
    answers.setOnReadyHandler(
        () -> {
          while (!isComplete.get() && answers.isReady() && ads.hasNext()) {
            answers.onNext(
                ListMachinesResponse.newBuilder().setAd(AdCodec.toProto(ads.next())).build());
          }
          if (!ads.hasNext() && isComplete.compareAndSet(false, true)) {
            answers.onCompleted();
          }
        });
  }
}
