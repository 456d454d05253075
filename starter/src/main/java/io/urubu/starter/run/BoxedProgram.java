package io.urubu.starter.run;

import io.urubu.starter.sandbox.SandboxProcess;
import io.urubu.starter.sandbox.Usage;
import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A run's program from the order to start it to its end. What is asked before its sandbox stands is
 * done as soon as it does.
 */
final class BoxedProgram {
  private static final Logger log = LoggerFactory.getLogger(BoxedProgram.class);

  private final ReentrantLock lock = new ReentrantLock();

  /** Guarded by lock, as all below. */
  private @Nullable SandboxProcess process;

  private boolean isEnded;
  private boolean isFrozen;
  private boolean isKilled;
  private boolean isTerminated;
  private volatile boolean isStarted;
  private Usage usage = Usage.NOTHING;

  void began(SandboxProcess started) {
    lock.lock();
    try {
      process = started;
      if (isKilled) {
        started.kill();
      } else if (isTerminated) {
        act(SandboxProcess::terminate);
      } else if (isFrozen) {
        act(SandboxProcess::freeze);
      }
    } finally {
      lock.unlock();
    }
  }

  void markStarted() {
    isStarted = true;
  }

  /** True when the program itself runs or ran. */
  boolean isStarted() {
    return isStarted;
  }

  void ended() {
    lock.lock();
    try {
      isEnded = true;
      if (process != null) {
        usage = usage.max(process.lastUsage());
      }
    } finally {
      lock.unlock();
    }
  }

  void freeze() {
    lock.lock();
    try {
      isFrozen = true;
      act(SandboxProcess::freeze);
    } finally {
      lock.unlock();
    }
  }

  void thaw() {
    lock.lock();
    try {
      isFrozen = false;
      act(SandboxProcess::thaw);
    } finally {
      lock.unlock();
    }
  }

  void terminate() {
    lock.lock();
    try {
      isTerminated = true;
      act(SandboxProcess::terminate);
    } finally {
      lock.unlock();
    }
  }

  void kill() {
    lock.lock();
    try {
      isKilled = true;
      if (process != null && !isEnded) {
        process.kill();
      }
    } finally {
      lock.unlock();
    }
  }

  void measure() {
    SandboxProcess running;
    lock.lock();
    try {
      running = process;
      if (running == null || isEnded) {
        return;
      }
    } finally {
      lock.unlock();
    }
    try {
      running.usage();
    } catch (IOException e) {
      log.atDebug().setCause(e).log("a job's usage cannot be measured now");
    }
  }

  /** The most that was seen. */
  Usage usage() {
    lock.lock();
    try {
      return process == null ? usage : usage.max(process.lastUsage());
    } finally {
      lock.unlock();
    }
  }

  private interface Deed {
    void on(SandboxProcess process) throws IOException;
  }

  /** With the lock held. A job that cannot be stopped in an orderly way is killed. */
  private void act(Deed deed) {
    if (process == null || isEnded) {
      return;
    }
    try {
      deed.on(process);
    } catch (IOException e) {
      log.atWarn().setCause(e).log("a job does not obey and is killed");
      process.kill();
    }
  }
}
