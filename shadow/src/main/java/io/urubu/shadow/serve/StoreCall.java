package io.urubu.shadow.serve;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.urubu.checkpoint.StoreException;
import io.urubu.protocol.run.v1.Begin;
import io.urubu.protocol.run.v1.End;
import io.urubu.protocol.run.v1.StoreOutputRequest;
import io.urubu.protocol.run.v1.StoreOutputResponse;
import io.urubu.shadow.desk.RunDesk;
import io.urubu.shadow.desk.ServedRun;
import io.urubu.shadow.transfer.FaultException;
import io.urubu.shadow.transfer.Intake;
import io.urubu.shadow.transfer.RefusedException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes one output or one file of a checkpoint; the starter sends no faster than the disk takes it.
 */
final class StoreCall implements StreamObserver<StoreOutputRequest> {
  private static final Logger log = LoggerFactory.getLogger(StoreCall.class);

  private final RunDesk desk;
  private final Calls calls;
  private final ServerCallStreamObserver<StoreOutputResponse> starter;
  private final Runnable fence = this::fence;
  private final ReentrantLock lock = new ReentrantLock();

  /** Guarded by lock. */
  private @Nullable ServedRun served;

  /** Guarded by lock. */
  private @Nullable Intake writer;

  /** Guarded by lock. */
  private boolean isOver;

  private volatile boolean isFenced;

  StoreCall(RunDesk desk, Calls calls, ServerCallStreamObserver<StoreOutputResponse> starter) {
    this.desk = desk;
    this.calls = calls;
    this.starter = starter;
  }

  void begin() {
    starter.setOnCancelHandler(() -> run(this::abort));
  }

  @Override
  public void onNext(StoreOutputRequest request) {
    run(() -> take(request));
  }

  private void run(Runnable step) {
    lock.lock();
    try {
      step.run();
    } finally {
      lock.unlock();
    }
    endIfFenced();
  }

  /** Never waits for a write that hangs: whoever holds the lock sees the mark when it returns. */
  private void fence() {
    isFenced = true;
    endIfFenced();
  }

  private void endIfFenced() {
    if (isFenced && lock.tryLock()) {
      try {
        fail(Calls.FENCED);
      } finally {
        lock.unlock();
      }
    }
  }

  private void take(StoreOutputRequest request) {
    if (isOver) {
      return;
    }
    try {
      switch (request.getMessageCase()) {
        case BEGIN -> begin(request.getBegin());
        case DATA -> inGate((_, to) -> to.write(request.getData().asReadOnlyByteBuffer()));
        case END -> end(request.getEnd());
        case MESSAGE_NOT_SET -> throw RunMessages.invalid("an unknown message");
      }
    } catch (StatusRuntimeException e) {
      fail(e.getStatus());
    }
  }

  private void begin(Begin begin) {
    if (served != null) {
      throw RunMessages.invalid("a call stores one output");
    }
    ServedRun run = calls.served(begin.getRun(), begin.getRunTicket());
    served = run;
    if (!run.gate().register(fence) || !run.gate().enter()) {
      throw Calls.FENCED.asRuntimeException();
    }
    try {
      writer =
          begin.getCheckpoint() == 0
              ? run.outputs().begin(begin.getName(), begin.getMode())
              : run.checkpoints().begin(begin.getCheckpoint(), begin.getName());
    } catch (RefusedException e) {
      refuse(run, e);
    } catch (FaultException e) {
      fault(run, e);
    } catch (StoreException e) {
      noRoom(run, e);
    } finally {
      run.gate().leave();
    }
  }

  @FunctionalInterface
  private interface Writing {
    void run(ServedRun run, Intake to) throws RefusedException, FaultException, StoreException;
  }

  private void inGate(Writing writing) {
    ServedRun run = served;
    Intake to = writer;
    if (run == null || to == null) {
      throw RunMessages.invalid("an output begins with its name");
    }
    if (!run.gate().enter()) {
      throw Calls.FENCED.asRuntimeException();
    }
    try {
      writing.run(run, to);
    } catch (RefusedException e) {
      refuse(run, e);
    } catch (FaultException e) {
      fault(run, e);
    } catch (StoreException e) {
      noRoom(run, e);
    } finally {
      run.gate().leave();
    }
  }

  private void end(End end) {
    settle();
    if (isOver) {
      return;
    }
    inGate(
        (_, to) -> {
          to.finish(end.getSize(), RunMessages.sha256(end.getSha256().toByteArray()));
          writer = null;
        });
    if (!isOver) {
      starter.onNext(StoreOutputResponse.getDefaultInstance());
      starter.onCompleted();
      abort();
    }
  }

  /** Outside the gate: to close the run nobody need wait until the disk has taken it. */
  private void settle() {
    ServedRun run = served;
    Intake to = writer;
    if (run != null && to != null) {
      try {
        to.settle();
      } catch (StoreException e) {
        noRoom(run, e);
      }
    }
  }

  /** A checkpoint that cannot be kept is no reason to end the run. */
  private void noRoom(ServedRun run, StoreException e) {
    if (isFenced) {
      // The run was closed and its file with it.
      fail(Calls.FENCED);
      return;
    }
    log.atWarn()
        .addKeyValue("run", run.run().ref())
        .addKeyValue("reason", e.reason())
        .log("checkpoint not stored");
    fail(Status.RESOURCE_EXHAUSTED.withDescription(e.reason()));
  }

  private void refuse(ServedRun run, RefusedException e) {
    log.atWarn()
        .addKeyValue("run", run.run().ref())
        .addKeyValue("reason", e.getMessage())
        .log("output refused");
    fail(Status.INVALID_ARGUMENT.withDescription(e.getMessage()));
  }

  private void fault(ServedRun run, FaultException e) {
    fail(Status.FAILED_PRECONDITION.withDescription(e.getMessage()));
    desk.filesFailed(run.run().ref(), e.fault());
  }

  @Override
  public void onError(Throwable cause) {
    run(this::abort);
  }

  @Override
  public void onCompleted() {
    run(() -> fail(Status.INVALID_ARGUMENT.withDescription("an output ends with its End")));
  }

  /** When the starter hears of it, the room that the file took is free for its next try. */
  private void fail(Status status) {
    if (!isOver) {
      abort();
      if (!starter.isCancelled()) {
        starter.onError(status.asRuntimeException());
      }
    }
  }

  private void abort() {
    isOver = true;
    if (served != null) {
      served.gate().unregister(fence);
    }
    if (writer != null) {
      writer.abort();
      writer = null;
    }
  }
}
