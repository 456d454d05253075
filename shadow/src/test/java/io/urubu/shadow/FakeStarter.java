package io.urubu.shadow;

import com.google.protobuf.ByteString;
import io.grpc.ManagedChannel;
import io.grpc.stub.StreamObserver;
import io.urubu.classad.ClassAd;
import io.urubu.daemon.rpc.Hellos;
import io.urubu.daemon.rpc.IdentitySource;
import io.urubu.daemon.rpc.PeerCheck;
import io.urubu.daemon.rpc.RpcChannels;
import io.urubu.protocol.AdCodec;
import io.urubu.protocol.id.RunRef;
import io.urubu.protocol.run.v1.Begin;
import io.urubu.protocol.run.v1.CheckpointCommitted;
import io.urubu.protocol.run.v1.CheckpointFile;
import io.urubu.protocol.run.v1.CheckpointRefused;
import io.urubu.protocol.run.v1.CheckpointTaken;
import io.urubu.protocol.run.v1.End;
import io.urubu.protocol.run.v1.Exited;
import io.urubu.protocol.run.v1.FetchInputRequest;
import io.urubu.protocol.run.v1.FetchInputResponse;
import io.urubu.protocol.run.v1.Open;
import io.urubu.protocol.run.v1.Opened;
import io.urubu.protocol.run.v1.OutputFile;
import io.urubu.protocol.run.v1.RunRequest;
import io.urubu.protocol.run.v1.RunResponse;
import io.urubu.protocol.run.v1.RunServiceGrpc;
import io.urubu.protocol.run.v1.StoreOutputRequest;
import io.urubu.protocol.run.v1.StoreOutputResponse;
import io.urubu.protocol.wire.v1.ShadowEndpoint;
import io.urubu.shadow.runs.Sha256;
import java.io.ByteArrayOutputStream;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A starter by hand: one connection to a shadow. */
final class FakeStarter implements AutoCloseable {
  private final ManagedChannel channel;

  FakeStarter(ShadowEndpoint endpoint, IdentitySource identity) {
    this.channel =
        RpcChannels.dial(
            endpoint.getAddress(),
            identity,
            PeerCheck.shadow(TestPool.USER, endpoint.getCertificateSha256().toByteArray()));
  }

  /** The run's stream, with Hello and Open said. */
  Stream open(RunRef run, byte[] ticket, boolean resumed) {
    Stream stream = new Stream();
    stream.requests = RunServiceGrpc.newStub(channel).run(stream);
    stream.send(RunRequest.newBuilder().setHello(Hellos.mine()).build());
    stream.send(
        RunRequest.newBuilder()
            .setOpen(
                Open.newBuilder()
                    .setRun(run.toProto())
                    .setRunTicket(ByteString.copyFrom(ticket))
                    .setSlot("slot1@ws1@test")
                    .setResumed(resumed))
            .build());
    return stream;
  }

  byte[] fetch(RunRef run, byte[] ticket, int index, long offset) {
    return fetch(run, ticket, 0, index, offset);
  }

  byte[] fetch(RunRef run, byte[] ticket, int generation, int index, long offset) {
    Iterator<FetchInputResponse> pieces =
        RunServiceGrpc.newBlockingStub(channel)
            .withDeadlineAfter(20, TimeUnit.SECONDS)
            .fetchInput(
                FetchInputRequest.newBuilder()
                    .setRun(run.toProto())
                    .setRunTicket(ByteString.copyFrom(ticket))
                    .setIndex(index)
                    .setGeneration(generation)
                    .setOffset(offset)
                    .build());
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    while (pieces.hasNext()) {
      whole.writeBytes(pieces.next().getData().toByteArray());
    }
    return whole.toByteArray();
  }

  /** Stores one output in one go; throws what the shadow answers. */
  void store(RunRef run, byte[] ticket, String name, byte[] content) throws Exception {
    store(run, ticket, 0, name, content);
  }

  /** As {@link #store}, a file of the checkpoint of that number. */
  void store(RunRef run, byte[] ticket, int checkpoint, String name, byte[] content)
      throws Exception {
    Store store = beginStore(run, ticket, checkpoint, name);
    store.data(content);
    store.end(content.length, Sha256.hash(content));
    store.await();
  }

  Store beginStore(RunRef run, byte[] ticket, String name) {
    return beginStore(run, ticket, 0, name);
  }

  Store beginStore(RunRef run, byte[] ticket, int checkpoint, String name) {
    Store store = new Store();
    store.requests = RunServiceGrpc.newStub(channel).storeOutput(store);
    store.requests.onNext(
        StoreOutputRequest.newBuilder()
            .setBegin(
                Begin.newBuilder()
                    .setRun(run.toProto())
                    .setRunTicket(ByteString.copyFrom(ticket))
                    .setName(name)
                    .setCheckpoint(checkpoint)
                    .setMode(0644))
            .build());
    return store;
  }

  static OutputFile named(String name, byte[] content) {
    return OutputFile.newBuilder()
        .setName(name)
        .setSize(content.length)
        .setSha256(ByteString.copyFrom(Sha256.hash(content).bytes()))
        .build();
  }

  static CheckpointFile part(String name, byte[] content) {
    return CheckpointFile.newBuilder()
        .setName(name)
        .setSize(content.length)
        .setSha256(ByteString.copyFrom(Sha256.hash(content).bytes()))
        .build();
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }

  /** The life of a run as the starter sees it. */
  static final class Stream implements StreamObserver<RunResponse> {
    private final Waiting<RunResponse> heard = new Waiting<>();
    private final CompletableFuture<Optional<Throwable>> over = new CompletableFuture<>();
    private StreamObserver<RunRequest> requests =
        new StreamObserver<>() {
          @Override
          public void onNext(RunRequest request) {}

          @Override
          public void onError(Throwable cause) {}

          @Override
          public void onCompleted() {}
        };

    void send(RunRequest request) {
      try {
        requests.onNext(request);
      } catch (IllegalStateException _) {
        // The stream ended meanwhile; the test sees that in what it waits for.
      }
    }

    void exited(ClassAd ad, List<OutputFile> outputs) {
      send(
          RunRequest.newBuilder()
              .setExited(Exited.newBuilder().setAd(AdCodec.toProto(ad)).addAllOutputs(outputs))
              .build());
    }

    void taken(int number, CheckpointFile... files) {
      send(
          RunRequest.newBuilder()
              .setCheckpointTaken(
                  CheckpointTaken.newBuilder()
                      .setNumber(number)
                      .setBackend("dmtcp")
                      .setPlatform("x86_64 glibc-2.36")
                      .setCutAt(1_763_700_000L)
                      .setTookMillis(1250)
                      .addAllFiles(List.of(files))
                      .setAd(AdCodec.toProto(ClassAd.builder().put("RemoteUserCpu", 7.5).build())))
              .build());
    }

    CheckpointCommitted awaitCommitted() throws InterruptedException {
      return await(RunResponse.MessageCase.CHECKPOINT_COMMITTED).getCheckpointCommitted();
    }

    CheckpointRefused awaitRefused() throws InterruptedException {
      return await(RunResponse.MessageCase.CHECKPOINT_REFUSED).getCheckpointRefused();
    }

    Opened awaitOpened() throws InterruptedException {
      return heard.take(
          response -> response.hasOpened() ? Optional.of(response.getOpened()) : Optional.empty());
    }

    RunResponse await(RunResponse.MessageCase kind) throws InterruptedException {
      return heard.take(
          response -> response.getMessageCase() == kind ? Optional.of(response) : Optional.empty());
    }

    Waiting<RunResponse> heard() {
      return heard;
    }

    boolean isOver() {
      return over.isDone();
    }

    void awaitEnd() throws InterruptedException, ExecutionException, TimeoutException {
      over.get(20, TimeUnit.SECONDS);
    }

    /** The network between them breaks. */
    void cut() {
      requests.onError(new IllegalStateException("cut by the test"));
    }

    @Override
    public void onNext(RunResponse response) {
      heard.add(response);
    }

    @Override
    public void onError(Throwable cause) {
      over.complete(Optional.of(cause));
    }

    @Override
    public void onCompleted() {
      over.complete(Optional.empty());
    }
  }

  /** One output on its way. */
  static final class Store implements StreamObserver<StoreOutputResponse> {
    private final CompletableFuture<StoreOutputResponse> answer = new CompletableFuture<>();
    private StreamObserver<StoreOutputRequest> requests = ignoring();

    private static StreamObserver<StoreOutputRequest> ignoring() {
      return new StreamObserver<>() {
        @Override
        public void onNext(StoreOutputRequest request) {}

        @Override
        public void onError(Throwable cause) {}

        @Override
        public void onCompleted() {}
      };
    }

    void data(byte[] content) {
      requests.onNext(
          StoreOutputRequest.newBuilder().setData(ByteString.copyFrom(content)).build());
    }

    void end(long size, Sha256 sha256) {
      requests.onNext(
          StoreOutputRequest.newBuilder()
              .setEnd(End.newBuilder().setSize(size).setSha256(ByteString.copyFrom(sha256.bytes())))
              .build());
    }

    void await() throws Exception {
      try {
        answer.get(20, TimeUnit.SECONDS);
      } catch (ExecutionException e) {
        if (e.getCause() instanceof Exception cause) {
          throw cause;
        }
        throw e;
      }
    }

    boolean isOver() {
      return answer.isDone();
    }

    @Override
    public void onNext(StoreOutputResponse response) {
      answer.complete(response);
    }

    @Override
    public void onError(Throwable cause) {
      answer.completeExceptionally(cause);
    }

    @Override
    public void onCompleted() {
      answer.completeExceptionally(new IllegalStateException("ended without an answer"));
    }
  }
}
