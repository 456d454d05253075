package io.urubu.schedd.queue;

import io.urubu.command.PoolException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Work for the queue's thread, which may be withdrawn until it is begun. */
final class Errand<T> {
  private enum Stage {
    WAITING,
    BEGUN,
    WITHDRAWN
  }

  private final Queue.Call<T> call;
  private final CompletableFuture<T> answer = new CompletableFuture<>();
  private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.WAITING);
  // Set by the queue's thread, and let out by it when durable.
  private @Nullable T result;
  private @Nullable PoolException refusal;

  Errand(Queue.Call<T> call) {
    this.call = call;
  }

  CompletableFuture<T> answer() {
    return answer;
  }

  /** True when it will not be done; false when it was begun. */
  boolean withdraw() {
    return stage.compareAndSet(Stage.WAITING, Stage.WITHDRAWN);
  }

  void carryOut(Batch batch) {
    if (stage.compareAndSet(Stage.WAITING, Stage.BEGUN)) {
      try {
        result = call.apply(batch);
      } catch (PoolException e) {
        refusal = e;
      }
    }
  }

  void release() {
    if (refusal != null) {
      answer.completeExceptionally(refusal);
    } else if (result != null) {
      answer.complete(result);
    }
  }
}
