package io.urubu.starter.run;

import io.urubu.starter.sandbox.SandboxProcess;
import io.urubu.starter.sandbox.Usage;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A run's program from the order to start it to its end; one that saves itself lives several times.
 * What is asked before its sandbox stands is done as soon as it does.
 */
final class BoxedProgram {
  private static final Logger log = LoggerFactory.getLogger(BoxedProgram.class);

  private final ReentrantLock lock = new ReentrantLock();
  private final int killSignal;

  /** Guarded by lock, as all below. */
  private @Nullable SandboxProcess process;

  private boolean isFrozen;
  private boolean isKilled;
  private boolean isTerminated;
  private int stopped;
  private volatile boolean isStarted;

  /** Of its earlier lives. */
  private Usage before = Usage.NOTHING;

  /**
   * A program that is not there yet.
   *
   * @param killSignal by which it is asked to end
   */
  BoxedProgram(int killSignal) {
    this.killSignal = killSignal;
  }

  void began(SandboxProcess started) {
    lock.lock();
    try {
      process = started;
      if (isKilled) {
        started.kill();
      } else if (isTerminated) {
        act(it -> it.terminate(killSignal));
      } else if (isFrozen) {
        act(it -> stopped = it.freeze());
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

  /** Its sandbox, while it stands. */
  Optional<SandboxProcess> running() {
    lock.lock();
    try {
      return Optional.ofNullable(process);
    } finally {
      lock.unlock();
    }
  }

  void ended() {
    lock.lock();
    try {
      if (process != null) {
        before = process.lastUsage().after(before);
        process = null;
      }
    } finally {
      lock.unlock();
    }
  }

  /** Stops all its processes; how many they are. */
  int freeze() {
    lock.lock();
    try {
      isFrozen = true;
      stopped = 0;
      act(it -> stopped = it.freeze());
      return stopped;
    } finally {
      lock.unlock();
    }
  }

  /** How many processes stood still when it was stopped. */
  int stopped() {
    lock.lock();
    try {
      return stopped;
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
      act(it -> it.terminate(killSignal));
    } finally {
      lock.unlock();
    }
  }

  void kill() {
    lock.lock();
    try {
      isKilled = true;
      if (process != null) {
        process.kill();
      }
    } finally {
      lock.unlock();
    }
  }

  void measure() {
    Optional<SandboxProcess> running = running();
    if (running.isEmpty()) {
      return;
    }
    try {
      running.get().usage();
    } catch (IOException e) {
      log.atDebug().setCause(e).log("a job's usage cannot be measured now");
    }
  }

  /** The most that was seen; CPU time of all its lives. */
  Usage usage() {
    lock.lock();
    try {
      return process == null ? before : process.lastUsage().after(before);
    } finally {
      lock.unlock();
    }
  }

  private interface Deed {
    void on(SandboxProcess process) throws IOException;
  }

  /** With the lock held. A job that cannot be stopped in an orderly way is killed. */
  private void act(Deed deed) {
    if (process == null) {
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
