package io.urubu.starter.live;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.urubu.daemon.rpc.CallPeer;
import io.urubu.daemon.rpc.Hellos;
import io.urubu.daemon.rpc.IdentitySource;
import io.urubu.daemon.rpc.RpcServer;
import io.urubu.identity.Identity;
import io.urubu.identity.Role;
import io.urubu.protocol.run.v1.Begin;
import io.urubu.protocol.run.v1.Closed;
import io.urubu.protocol.run.v1.FetchInputRequest;
import io.urubu.protocol.run.v1.FetchInputResponse;
import io.urubu.protocol.run.v1.Finished;
import io.urubu.protocol.run.v1.InputFile;
import io.urubu.protocol.run.v1.Opened;
import io.urubu.protocol.run.v1.RunRequest;
import io.urubu.protocol.run.v1.RunResponse;
import io.urubu.protocol.run.v1.RunServiceGrpc;
import io.urubu.protocol.run.v1.StoreOutputRequest;
import io.urubu.protocol.run.v1.StoreOutputResponse;
import io.urubu.protocol.wire.v1.HeartbeatAck;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

/** A shadow for tests, over real TLS: serves one run and keeps what it is told. */
final class FakeShadow extends RunServiceGrpc.RunServiceImplBase implements AutoCloseable {
  private static final int PIECE = 1 << 20;

  private record Input(InputFile file, ByteString content) {}

  private final Identity identity;
  private final RpcServer server;
  private final List<Input> inputs = new CopyOnWriteArrayList<>();
  private final AtomicReference<Optional<StreamObserver<RunResponse>>> starter =
      new AtomicReference<>(Optional.empty());
  final List<RunRequest> heard = new CopyOnWriteArrayList<>();
  final Map<String, String> outputs = new ConcurrentHashMap<>();
  final FakeStore store = new FakeStore();

  /** Checkpoints are committed at once; else the test answers. */
  volatile boolean commits = true;

  volatile int leaseSeconds = 60;
  volatile boolean confirmsExit = true;
  volatile boolean isMute;

  /** Each input call breaks off after so many bytes. */
  volatile int breakAfter = Integer.MAX_VALUE;

  FakeShadow(Identity identity) throws IOException {
    this.identity = identity;
    this.server = RpcServer.start("127.0.0.1", 0, new IdentitySource(identity), List.of(this));
  }

  FakeShadow input(String path, String content, int mode) {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    InputFile file =
        InputFile.newBuilder()
            .setIndex(inputs.size())
            .setPath(path)
            .setKind(InputFile.Kind.KIND_FILE)
            .setSize(bytes.length)
            .setMode(mode)
            .build();
    inputs.add(new Input(file, ByteString.copyFrom(bytes)));
    return this;
  }

  FakeShadow program(String shell) {
    return input("condor_exec.exe", "#!/bin/bash\n" + shell, 0755);
  }

  String address() {
    return "127.0.0.1:" + server.port();
  }

  String sha256() {
    return HexFormat.of().formatHex(identity.leafSha256());
  }

  /** What came of that kind. */
  List<RunRequest> heard(RunRequest.MessageCase kind) {
    return heard.stream().filter(request -> request.getMessageCase() == kind).toList();
  }

  /** Breaks the run's stream. */
  void drop() {
    starter
        .getAndSet(Optional.empty())
        .ifPresent(stream -> stream.onError(Status.UNAVAILABLE.asRuntimeException()));
  }

  void closeRun(String reason) {
    send(RunResponse.newBuilder().setClosed(Closed.newBuilder().setReason(reason)).build());
  }

  void send(RunResponse response) {
    starter.get().ifPresent(stream -> stream.onNext(response));
  }

  @Override
  public StreamObserver<RunRequest> run(StreamObserver<RunResponse> responses) {
    CallPeer.require(Role.STARTER);
    return new StreamObserver<>() {
      @Override
      public void onNext(RunRequest request) {
        heard.add(request);
        answer(request, responses);
      }

      @Override
      public void onError(Throwable cause) {
        starter.set(Optional.empty());
      }

      @Override
      public void onCompleted() {
        responses.onCompleted();
      }
    };
  }

  private void answer(RunRequest request, StreamObserver<RunResponse> responses) {
    RunResponse.Builder response = RunResponse.newBuilder();
    switch (request.getMessageCase()) {
      case HELLO -> responses.onNext(response.setHello(Hellos.mine()).build());
      case OPEN -> {
        starter.set(Optional.of(responses));
        Opened.Builder opened = Opened.newBuilder().setLeaseSeconds(leaseSeconds);
        inputs.forEach(input -> opened.addInputs(input.file()));
        store.restore().ifPresent(opened::setRestore);
        responses.onNext(response.setOpened(opened).build());
      }
      case HEARTBEAT -> {
        if (!isMute) {
          responses.onNext(
              response
                  .setHeartbeatAck(
                      HeartbeatAck.newBuilder().setNumber(request.getHeartbeat().getNumber()))
                  .build());
        }
      }
      case CHECKPOINT_TAKEN -> {
        if (commits) {
          responses.onNext(store.commit(request.getCheckpointTaken()));
        }
      }
      case EXITED, FAILED -> {
        if (confirmsExit) {
          responses.onNext(response.setFinished(Finished.getDefaultInstance()).build());
        }
      }
      case EXECUTING, USAGE, VACATED, CHECKPOINT_FAILED, SUSPENDED, CONTINUED, MESSAGE_NOT_SET -> {}
    }
  }

  @Override
  public void fetchInput(FetchInputRequest request, StreamObserver<FetchInputResponse> responses) {
    ByteString content =
        request.getGeneration() == 0
            ? inputs.get(request.getIndex()).content()
            : store.file(request.getIndex());
    int from = (int) request.getOffset();
    int length = Math.min(breakAfter, content.size() - from);
    for (int at = from; at < from + length || at == from; at += PIECE) {
      responses.onNext(
          FetchInputResponse.newBuilder()
              .setData(content.substring(at, Math.min(from + length, at + PIECE)))
              .build());
    }
    if (from + length < content.size()) {
      responses.onError(Status.UNAVAILABLE.asRuntimeException());
    } else {
      responses.onCompleted();
    }
  }

  @Override
  public StreamObserver<StoreOutputRequest> storeOutput(
      StreamObserver<StoreOutputResponse> responses) {
    List<Begin> begin = new ArrayList<>();
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    return new StreamObserver<>() {
      @Override
      public void onNext(StoreOutputRequest request) {
        switch (request.getMessageCase()) {
          case BEGIN -> begin.add(request.getBegin());
          case DATA -> content.writeBytes(request.getData().toByteArray());
          case END -> stored(begin.getFirst(), content);
          case MESSAGE_NOT_SET -> throw new IllegalArgumentException("no message");
        }
      }

      @Override
      public void onError(Throwable cause) {}

      @Override
      public void onCompleted() {
        responses.onNext(StoreOutputResponse.getDefaultInstance());
        responses.onCompleted();
      }
    };
  }

  private void stored(Begin begin, ByteArrayOutputStream content) {
    if (begin.getCheckpoint() > 0) {
      store.put(begin.getCheckpoint(), begin.getName(), content.toByteArray());
    } else {
      outputs.put(begin.getName(), content.toString(StandardCharsets.UTF_8));
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
