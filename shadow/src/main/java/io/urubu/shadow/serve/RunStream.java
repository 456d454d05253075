package io.urubu.shadow.serve;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.urubu.checkpoint.Recipe;
import io.urubu.daemon.rpc.Hellos;
import io.urubu.protocol.id.RunRef;
import io.urubu.protocol.run.v1.Closed;
import io.urubu.protocol.run.v1.Finished;
import io.urubu.protocol.run.v1.Open;
import io.urubu.protocol.run.v1.Opened;
import io.urubu.protocol.run.v1.Refused;
import io.urubu.protocol.run.v1.RunRequest;
import io.urubu.protocol.run.v1.RunResponse;
import io.urubu.protocol.wire.v1.HeartbeatAck;
import io.urubu.shadow.desk.RunDesk;
import io.urubu.shadow.desk.StarterLine;
import io.urubu.shadow.runs.Answer;
import io.urubu.shadow.runs.Moment;
import io.urubu.shadow.runs.StreamId;
import io.urubu.shadow.transfer.InputItem;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** One starter's stream for one run: Hello, Open, and then what happens to the run. */
final class RunStream implements StreamObserver<RunRequest>, StarterLine {
  /** So many messages may wait for the run's lane; further ones wait at the starter. */
  private static final int WINDOW = 16;

  private final RunDesk desk;
  private final ServerCallStreamObserver<RunResponse> starter;
  private final LongSupplier ticker;
  private final Consumer<RunStream> atEnd;
  private final ReentrantLock sending = new ReentrantLock();

  /** Guarded by sending. */
  private boolean isOver;

  private volatile long lastHeard;

  /** Only the call's own callbacks touch it, one at a time. */
  private boolean isGreeted;

  private volatile @Nullable Opening opening;

  private record Opening(RunRef run, StreamId stream) {}

  RunStream(
      RunDesk desk,
      ServerCallStreamObserver<RunResponse> starter,
      LongSupplier ticker,
      Consumer<RunStream> atEnd) {
    this.atEnd = atEnd;
    this.desk = desk;
    this.starter = starter;
    this.ticker = ticker;
    this.lastHeard = ticker.getAsLong();
  }

  void begin() {
    starter.setOnCancelHandler(this::gone);
    starter.disableAutoInboundFlowControl();
    starter.request(WINDOW);
  }

  @Override
  public void onNext(RunRequest request) {
    lastHeard = ticker.getAsLong();
    try {
      take(request);
    } catch (StatusRuntimeException e) {
      fail(e.getStatus());
    }
  }

  private void take(RunRequest request) {
    Opening open = opening;
    switch (request.getMessageCase()) {
      case HELLO -> {
        Hellos.check(request.getHello());
        isGreeted = true;
        send(RunResponse.newBuilder().setHello(Hellos.mine()).build());
        starter.request(1);
      }
      case OPEN -> open(request.getOpen());
      case EXECUTING,
          USAGE,
          EXITED,
          FAILED,
          VACATED,
          HEARTBEAT,
          CHECKPOINT_TAKEN,
          CHECKPOINT_FAILED,
          SUSPENDED,
          CONTINUED -> {
        if (open == null) {
          throw protocolError("a run is opened before it is spoken of");
        }
        if (request.hasHeartbeat()) {
          send(
              RunResponse.newBuilder()
                  .setHeartbeatAck(
                      HeartbeatAck.newBuilder().setNumber(request.getHeartbeat().getNumber()))
                  .build());
        }
        RunMessages.pass(desk, open.run(), open.stream(), request);
        desk.after(open.run(), () -> starter.request(1));
      }
      case MESSAGE_NOT_SET -> throw protocolError("an unknown message");
    }
  }

  private void open(Open open) {
    if (!isGreeted || opening != null) {
      throw protocolError("a stream opens one run, after the Hello");
    }
    RunRef run =
        RunRef.fromProto(open.getRun()).orElseThrow(() -> protocolError("no run has such an id"));
    StreamId stream = desk.open(run, open.getRunTicket().toByteArray(), open.getResumed(), this);
    opening = new Opening(run, stream);
    desk.after(run, () -> starter.request(1));
  }

  private static StatusRuntimeException protocolError(String text) {
    return Status.INVALID_ARGUMENT.withDescription(text).asRuntimeException();
  }

  @Override
  public void onError(Throwable cause) {
    gone();
  }

  @Override
  public void onCompleted() {
    end(null);
  }

  private void gone() {
    atEnd.accept(this);
    Opening open = opening;
    if (open != null) {
      desk.gone(open.run(), open.stream());
    }
  }

  /** Ends the stream of a starter that says nothing any more. */
  void endWhenSilent(Duration limit) {
    if (new Moment(ticker.getAsLong()).isAfter(new Moment(lastHeard).plus(limit))) {
      fail(
          Status.DEADLINE_EXCEEDED.withDescription("no heartbeat for " + limit.toSeconds() + " s"));
    }
  }

  @Override
  public void opened(List<InputItem> inputs, Duration lease, Optional<Recipe> restore) {
    Opened.Builder opened =
        Opened.newBuilder().setLeaseSeconds((int) Math.min(Integer.MAX_VALUE, lease.toSeconds()));
    for (int i = 0; i < inputs.size(); i++) {
      opened.addInputs(RunMessages.input(i, inputs.get(i)));
    }
    restore.ifPresent(recipe -> opened.setRestore(RunMessages.restore(recipe)));
    send(RunResponse.newBuilder().setOpened(opened).build());
  }

  @Override
  public void answered(Answer answer) {
    send(RunMessages.answer(answer));
  }

  @Override
  public void refused(String reason) {
    end(RunResponse.newBuilder().setRefused(Refused.newBuilder().setReason(reason)).build());
  }

  @Override
  public void closed(String reason) {
    end(RunResponse.newBuilder().setClosed(Closed.newBuilder().setReason(reason)).build());
  }

  @Override
  public void finished() {
    end(RunResponse.newBuilder().setFinished(Finished.getDefaultInstance()).build());
  }

  @Override
  public void dropped() {
    fail(Status.ABORTED.withDescription("the run was opened again on another stream"));
  }

  private void send(RunResponse response) {
    sending.lock();
    try {
      if (!isOver && !starter.isCancelled()) {
        starter.onNext(response);
      }
    } finally {
      sending.unlock();
    }
  }

  private void end(@Nullable RunResponse last) {
    sending.lock();
    try {
      if (!isOver && !starter.isCancelled()) {
        if (last != null) {
          starter.onNext(last);
        }
        starter.onCompleted();
      }
      isOver = true;
    } finally {
      sending.unlock();
    }
    gone();
  }

  private void fail(Status status) {
    sending.lock();
    try {
      if (!isOver && !starter.isCancelled()) {
        starter.onError(status.asRuntimeException());
      }
      isOver = true;
    } finally {
      sending.unlock();
    }
    gone();
  }
}
