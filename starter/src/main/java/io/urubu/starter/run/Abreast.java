package io.urubu.starter.run;

import io.urubu.starter.shadowlink.LinkClosedException;
import io.urubu.starter.shadowlink.TransferException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Transfers side by side, a few at a time. */
final class Abreast {
  private static final int AT_ONCE = 4;

  private Abreast() {}

  /** One transfer. */
  interface Work {
    void run() throws IOException, TransferException, LinkClosedException, InterruptedException;
  }

  /** Returns when all are done; throws what the first of those threw that failed. */
  static void run(List<Work> all)
      throws IOException, TransferException, LinkClosedException, InterruptedException {
    List<Callable<Void>> calls = new ArrayList<>();
    for (Work work : all) {
      calls.add(
          () -> {
            work.run();
            return null;
          });
    }
    try (ExecutorService executor =
        Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().name("transfer").factory())) {
      for (Future<Void> done : executor.invokeAll(calls)) {
        done.get();
      }
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException cause -> throw cause;
        case TransferException cause -> throw cause;
        case LinkClosedException cause -> throw cause;
        case RuntimeException cause -> throw cause;
        case null, default -> throw new IllegalStateException(e.getCause());
      }
    }
  }
}
