package io.urubu.matchmaker.advertise;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.urubu.daemon.rpc.CallPeer;
import io.urubu.identity.Role;
import io.urubu.matchmaker.collector.DemandBook;
import io.urubu.matchmaker.collector.MachineBook;
import io.urubu.matchmaker.stream.Lobby;
import io.urubu.matchmaker.stream.Silent;
import io.urubu.protocol.advertise.v1.AdvertiseRequest;
import io.urubu.protocol.advertise.v1.AdvertiseResponse;
import io.urubu.protocol.advertise.v1.AdvertiseServiceGrpc;
import io.urubu.protocol.advertise.v1.LocateScheddRequest;
import io.urubu.protocol.advertise.v1.LocateScheddResponse;

/** Takes what startds offer into the machine book. Only startds may call. */
public final class AdvertiseService extends AdvertiseServiceGrpc.AdvertiseServiceImplBase {
  private final MachineBook machines;
  private final DemandBook demands;
  private final Lobby lobby;
  private final Runnable supplyChanged;

  public AdvertiseService(
      MachineBook machines, DemandBook demands, Lobby lobby, Runnable supplyChanged) {
    this.machines = machines;
    this.demands = demands;
    this.lobby = lobby;
    this.supplyChanged = supplyChanged;
  }

  @Override
  public StreamObserver<AdvertiseRequest> advertise(StreamObserver<AdvertiseResponse> answers) {
    try {
      String startd = CallPeer.require(Role.STARTD).name();
      StartdStream stream =
          new StartdStream(
              startd,
              (ServerCallStreamObserver<AdvertiseResponse>) answers,
              machines,
              lobby,
              supplyChanged);
      stream.begin();
      return stream;
    } catch (StatusRuntimeException e) {
      answers.onError(e);
      return new Silent<>();
    }
  }

  @Override
  public void locateSchedd(
      LocateScheddRequest request, StreamObserver<LocateScheddResponse> answers) {
    try {
      CallPeer.require(Role.STARTD);
    } catch (StatusRuntimeException e) {
      answers.onError(e);
      return;
    }
    if (request.getSchedd().isEmpty()) {
      answers.onError(
          Status.INVALID_ARGUMENT.withDescription("no schedd is named").asRuntimeException());
      return;
    }
    answers.onNext(
        LocateScheddResponse.newBuilder()
            .setAddress(demands.claimAddress(request.getSchedd()).orElse(""))
            .build());
    answers.onCompleted();
  }
}
