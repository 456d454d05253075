package io.urubu.shadow.serve;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.urubu.checkpoint.StoredGeneration;
import io.urubu.daemon.rpc.CallPeer;
import io.urubu.identity.Role;
import io.urubu.identity.Subject;
import io.urubu.protocol.run.v1.FetchInputRequest;
import io.urubu.protocol.run.v1.FetchInputResponse;
import io.urubu.protocol.run.v1.RunRequest;
import io.urubu.protocol.run.v1.RunResponse;
import io.urubu.protocol.run.v1.RunServiceGrpc;
import io.urubu.protocol.run.v1.StoreOutputRequest;
import io.urubu.protocol.run.v1.StoreOutputResponse;
import io.urubu.shadow.desk.RunDesk;
import io.urubu.shadow.desk.ServedRun;
import io.urubu.shadow.transfer.GenerationReader;
import io.urubu.shadow.transfer.InputItem;
import io.urubu.shadow.transfer.InputReader;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** Serves the starters of one user, and nobody else. */
final class StarterService extends RunServiceGrpc.RunServiceImplBase {
  private final String user;
  private final RunDesk desk;
  private final Calls calls;
  private final LongSupplier ticker;
  private final Set<RunStream> streams = ConcurrentHashMap.newKeySet();

  StarterService(String user, RunDesk desk, LongSupplier ticker) {
    this.user = user;
    this.desk = desk;
    this.calls = new Calls(desk);
    this.ticker = ticker;
  }

  @Override
  public StreamObserver<RunRequest> run(StreamObserver<RunResponse> responses) {
    var starter = (ServerCallStreamObserver<RunResponse>) responses;
    RunStream stream = new RunStream(desk, starter, ticker, streams::remove);
    try {
      checkCaller();
    } catch (StatusRuntimeException e) {
      starter.onError(e);
      return new Ignored<>();
    }
    streams.add(stream);
    stream.begin();
    return stream;
  }

  @Override
  public void fetchInput(FetchInputRequest request, StreamObserver<FetchInputResponse> responses) {
    try {
      checkCaller();
      ServedRun served = calls.served(request.getRun(), request.getRunTicket());
      FetchCall.Opening opening = opening(served, request);
      new FetchCall(
              desk,
              served,
              request.getGeneration(),
              (ServerCallStreamObserver<FetchInputResponse>) responses)
          .begin(opening);
    } catch (StatusRuntimeException e) {
      responses.onError(e);
    }
  }

  private static FetchCall.Opening opening(ServedRun served, FetchInputRequest request) {
    int index = request.getIndex();
    long offset = request.getOffset();
    if (offset < 0) {
      throw RunMessages.invalid("no byte comes before the first");
    }
    if (request.getGeneration() == 0) {
      InputItem item =
          served
              .input(index)
              .orElseThrow(() -> RunMessages.invalid("no input file has that number"));
      return () -> InputReader.open(item, offset);
    }
    StoredGeneration generation =
        served
            .restored(request.getGeneration())
            .filter(it -> index >= 0 && index < it.recipe().files().size())
            .orElseThrow(
                () -> RunMessages.invalid("the run goes on from no such file of a checkpoint"));
    return () -> GenerationReader.open(generation, index, offset);
  }

  @Override
  public StreamObserver<StoreOutputRequest> storeOutput(
      StreamObserver<StoreOutputResponse> responses) {
    try {
      checkCaller();
    } catch (StatusRuntimeException e) {
      responses.onError(e);
      return new Ignored<>();
    }
    StoreCall call =
        new StoreCall(desk, calls, (ServerCallStreamObserver<StoreOutputResponse>) responses);
    call.begin();
    return call;
  }

  private void checkCaller() {
    Subject caller = CallPeer.require(Role.STARTER);
    if (!caller.user().equals(user)) {
      throw Status.PERMISSION_DENIED
          .withDescription("this shadow serves " + user + ", not " + caller.user())
          .asRuntimeException();
    }
  }

  /** Ends the streams of starters of which nothing was heard for so long. */
  void endSilent(Duration limit) {
    streams.forEach(stream -> stream.endWhenSilent(limit));
  }

  /** What still comes on a call that was refused. */
  private static final class Ignored<T> implements StreamObserver<T> {
    @Override
    public void onNext(T message) {}

    @Override
    public void onError(Throwable cause) {}

    @Override
    public void onCompleted() {}
  }
}
