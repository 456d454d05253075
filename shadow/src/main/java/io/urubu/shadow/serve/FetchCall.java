package io.urubu.shadow.serve;

import com.google.protobuf.UnsafeByteOperations;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.urubu.checkpoint.DamagedException;
import io.urubu.checkpoint.StoreException;
import io.urubu.protocol.run.v1.FetchInputResponse;
import io.urubu.shadow.desk.RunDesk;
import io.urubu.shadow.desk.ServedRun;
import io.urubu.shadow.transfer.ChangedException;
import io.urubu.shadow.transfer.FaultException;
import io.urubu.shadow.transfer.Supply;
import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Sends one input or one file of a checkpoint as fast as the starter takes it; never more than a
 * piece is in memory.
 */
final class FetchCall {
  private final RunDesk desk;
  private final ServedRun served;
  private final int generation;
  private final ServerCallStreamObserver<FetchInputResponse> starter;
  private final Runnable fence = this::fence;
  private final ReentrantLock lock = new ReentrantLock();

  /** Guarded by lock. */
  private @Nullable Supply reader;

  /** Guarded by lock. */
  private boolean isOver;

  private volatile boolean isFenced;

  /**
   * A call of a starter.
   *
   * @param generation of which it asks for a file; 0: for an input
   */
  FetchCall(
      RunDesk desk,
      ServedRun served,
      int generation,
      ServerCallStreamObserver<FetchInputResponse> starter) {
    this.desk = desk;
    this.served = served;
    this.generation = generation;
    this.starter = starter;
  }

  /** Opens what is to be sent. */
  @FunctionalInterface
  interface Opening {
    Supply open() throws FaultException, ChangedException, StoreException, DamagedException;
  }

  void begin(Opening opening) {
    starter.setOnCancelHandler(() -> run(this::finish));
    starter.setOnReadyHandler(() -> run(this::pump));
    if (!served.gate().register(fence)) {
      isFenced = true;
    }
    run(() -> open(opening));
  }

  /** Never waits for a read that hangs: whoever holds the lock sees the mark when it returns. */
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

  private void run(Runnable step) {
    lock.lock();
    try {
      step.run();
    } finally {
      lock.unlock();
    }
    endIfFenced();
  }

  private void open(Opening opening) {
    inGate(() -> reader = opening.open());
    pump();
  }

  private void pump() {
    while (!isOver && reader != null && starter.isReady()) {
      Supply source = reader;
      inGate(
          () -> {
            byte[] piece = source.next();
            if (piece.length == 0) {
              starter.onCompleted();
              finish();
            } else {
              served.countSent(piece.length);
              starter.onNext(
                  FetchInputResponse.newBuilder()
                      .setData(UnsafeByteOperations.unsafeWrap(piece))
                      .build());
            }
          });
    }
  }

  @FunctionalInterface
  private interface Reading {
    void run() throws FaultException, ChangedException, StoreException, DamagedException;
  }

  private void inGate(Reading reading) {
    if (isOver) {
      return;
    }
    if (!served.gate().enter()) {
      fail(Calls.FENCED);
      return;
    }
    try {
      reading.run();
    } catch (ChangedException e) {
      fail(Status.ABORTED.withDescription(e.getMessage()));
    } catch (FaultException e) {
      fail(Status.NOT_FOUND.withDescription(e.getMessage()));
      desk.filesFailed(served.run().ref(), e.fault());
    } catch (DamagedException e) {
      lost(true, e.reason());
    } catch (StoreException e) {
      lost(false, e.reason());
    } finally {
      served.gate().leave();
    }
  }

  private void lost(boolean damaged, String reason) {
    fail(Status.DATA_LOSS.withDescription(reason));
    desk.unrestored(served.run().ref(), generation, damaged, reason);
  }

  private void fail(Status status) {
    if (!isOver) {
      if (!starter.isCancelled()) {
        starter.onError(status.asRuntimeException());
      }
      finish();
    }
  }

  private void finish() {
    isOver = true;
    served.gate().unregister(fence);
    Supply source = reader;
    reader = null;
    if (source != null) {
      try {
        source.close();
      } catch (IOException _) {
        // It was only read.
      }
    }
  }
}
