package io.urubu.classad.limit;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Lets a recursion go on with a stack of its own. How much is left of the caller's stack nobody can
 * tell, and one that overflows may leave a class broken that was just being initialized; so what
 * nests deeper than {@link #LEVELS} moves over in time. The caller waits.
 */
public final class FreshStack {
  /** How deep a recursion may go on the stack that it began on. */
  public static final int LEVELS = 64;

  /** Reserved, not taken: enough for a tree at the limits of nesting, whatever walks it. */
  private static final long BYTES = 64L << 20;

  private FreshStack() {}

  /** The rest of a recursion. */
  @FunctionalInterface
  public interface Rest<T, E extends Exception> extends Callable<T> {
    @Override
    T call() throws E;
  }

  /** Runs it on a fresh stack; what it throws is thrown here. */
  public static <T, E extends Exception> T call(Rest<T, E> rest) throws E {
    FutureTask<T> task = new FutureTask<>(rest);
    Thread thread = new Thread(null, task, "deep ClassAd", BYTES);
    thread.setDaemon(true);
    thread.start();
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return task.get();
        } catch (InterruptedException _) {
          interrupted = true; // the rest is bounded, and has to be waited for
        } catch (ExecutionException e) {
          throw thrown(rest, e);
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** A recursion that begins anew on a fresh stack when it has to. */
  @FunctionalInterface
  public interface Whole<T, E extends Exception> {
    /**
     * Runs all of it.
     *
     * @param isFresh whether the stack has room for all; if not, {@link #needed} ends it in time
     */
    T run(boolean isFresh) throws E;
  }

  /**
   * Runs it here, and again on a fresh stack if it finds that it needs one. Unlike {@link #call}
   * that takes one stack, however many parts of it nest deep.
   */
  public static <T, E extends Exception> T whole(Whole<T, E> recursion) throws E {
    try {
      return recursion.run(false);
    } catch (NeededException _) {
      return call(() -> recursion.run(true));
    }
  }

  /** Thrown by a recursion that has come as deep as it may on the stack that it began on. */
  public static RuntimeException needed() {
    return new NeededException();
  }

  private static final class NeededException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NeededException() {
      super("a fresh stack is needed", null, false, false);
    }
  }

  /** Runs it here, and again on a fresh stack if this one overflows. */
  public static <T, E extends Exception> T ifNeeded(Rest<T, E> rest) throws E {
    try {
      return rest.call();
    } catch (StackOverflowError _) {
      return call(rest);
    }
  }

  /** What the rest threw, which is of no other kind than it says. */
  @SuppressWarnings("unchecked")
  private static <E extends Exception> E thrown(Rest<?, E> rest, ExecutionException failed) {
    if (failed.getCause() instanceof Error error) {
      throw error;
    }
    if (!(failed.getCause() instanceof Exception cause)) {
      throw new IllegalStateException(rest + " failed without a cause", failed);
    }
    return (E) cause;
  }
}
