package io.urubu.starter.run;

import io.urubu.classad.ClassAd;
import io.urubu.command.PoolError;
import io.urubu.command.PoolException;
import io.urubu.protocol.id.RunRef;
import io.urubu.starter.scratch.RunFolders;
import io.urubu.starter.shadowlink.Endpoint;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** All runs of this starter, and those that are gone but of which the startd has not heard. */
public final class Runs implements RunNews {
  private static final int MOST_RUNS = 4096;
  private static final String STOPPED = "StartdStopped";

  private final RunPlace place;
  private final RunNews news;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition fewer = lock.newCondition();

  /** Guarded by lock, as all below. */
  private final Map<RunRef, JobRun> runByRef = new LinkedHashMap<>();

  private final Map<RunRef, String> reasonByGoneRun = new HashMap<>();
  private boolean isStartdThere;
  private boolean isEnding;

  public Runs(RunPlace place, RunNews news) {
    this.place = place;
    this.news = news;
  }

  /**
   * Begins a run; one that is here already goes on.
   *
   * @throws PoolException with the reason and the mend when this machine cannot do it
   */
  public void start(RunOrder order) throws PoolException, InterruptedException {
    if (place.unusable().isPresent()) {
      throw new PoolException(PoolError.START_FAILED, place.unusable().get());
    }
    lock.lockInterruptibly();
    try {
      if (isEnding || runByRef.size() >= MOST_RUNS) {
        throw new PoolException(PoolError.LIMIT_EXCEEDED, "this starter takes no more runs");
      }
      if (runByRef.containsKey(order.run()) || reasonByGoneRun.containsKey(order.run())) {
        return;
      }
      JobRun run = new JobRun(order, place, this, folders(order));
      runByRef.put(order.run(), run);
      if (!isStartdThere) {
        run.tell(new RunEvent.StartdLost());
      }
      run.start();
    } finally {
      lock.unlock();
    }
  }

  private RunFolders folders(RunOrder order) throws PoolException, InterruptedException {
    try {
      String name = order.run().job() + "." + order.run().number();
      // Two schedds may use the same numbers.
      boolean isTaken =
          runByRef.keySet().stream()
              .anyMatch(
                  other ->
                      other.job().equals(order.run().job())
                          && other.number() == order.run().number());
      return RunFolders.create(
          place.base(),
          isTaken ? name + "." + Integer.toHexString(order.run().schedd().hashCode()) : name);
    } catch (IOException e) {
      throw new PoolException(
          PoolError.DISK_FULL,
          place.base() + ": no folder can be made for a run: " + e.getMessage(),
          e);
    }
  }

  /** Ends a run; one that is gone is said to be so again. */
  public void end(RunRef ref, boolean graceful, String reason, String code) {
    lock.lock();
    try {
      JobRun run = runByRef.get(ref);
      if (run != null) {
        run.tell(new RunEvent.EndAsked(graceful, reason, code));
      } else {
        news.gone(ref, reasonByGoneRun.getOrDefault(ref, "this starter does not have it"));
      }
    } finally {
      lock.unlock();
    }
  }

  /** Stops a run's job until that holder lets it go on. */
  public void hold(RunRef ref, Holder holder, String reason) {
    tell(ref, new RunEvent.HoldAsked(holder, reason));
  }

  /** Lets a run's job go on, unless somebody else holds it. */
  public void release(RunRef ref, Holder holder) {
    tell(ref, new RunEvent.ReleaseAsked(holder));
  }

  /** Saves a run's job, which goes on. */
  public void checkpoint(RunRef ref) {
    tell(ref, new RunEvent.CheckpointAsked());
  }

  private void tell(RunRef ref, RunEvent event) {
    lock.lock();
    try {
      JobRun run = runByRef.get(ref);
      if (run != null) {
        run.tell(event);
      }
    } finally {
      lock.unlock();
    }
  }

  public void moveShadow(RunRef ref, Endpoint shadow) {
    lock.lock();
    try {
      JobRun run = runByRef.get(ref);
      if (run != null) {
        run.moveShadow(shadow);
      }
    } finally {
      lock.unlock();
    }
  }

  /** One ad for each run that is not gone. */
  public List<ClassAd> status() {
    lock.lock();
    try {
      List<ClassAd> ads = new ArrayList<>();
      for (JobRun run : runByRef.values()) {
        ads.add(
            ClassAd.builder()
                .put("Run", run.order().run().toString())
                .put("Slot", run.order().slot())
                .put("State", run.phase())
                .put("Suspended", run.isHeld())
                .build());
      }
      return ads;
    } finally {
      lock.unlock();
    }
  }

  /** The startd knows that the run is gone. */
  public void acknowledge(RunRef ref) {
    lock.lock();
    try {
      reasonByGoneRun.remove(ref);
    } finally {
      lock.unlock();
    }
  }

  /** Says again which runs are gone. */
  public void repeatGone() {
    lock.lock();
    try {
      reasonByGoneRun.forEach(news::gone);
    } finally {
      lock.unlock();
    }
  }

  /** Whether a startd watches over this machine now. */
  public void startdIsThere(boolean isThere) {
    lock.lock();
    try {
      isStartdThere = isThere;
      RunEvent event = isThere ? new RunEvent.StartdBack() : new RunEvent.StartdLost();
      runByRef.values().forEach(run -> run.tell(event));
    } finally {
      lock.unlock();
    }
  }

  public boolean isEmpty() {
    lock.lock();
    try {
      return runByRef.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /** Ends every run and waits until all are gone, at most that long; true when they are. */
  public boolean endAll(String reason, long limitNanos) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      isEnding = true;
      runByRef.values().forEach(run -> run.tell(new RunEvent.EndAsked(true, reason, STOPPED)));
      long left = limitNanos;
      while (!runByRef.isEmpty() && left > 0) {
        left = fewer.awaitNanos(left);
      }
      runByRef.values().forEach(run -> run.tell(new RunEvent.EndAsked(false, reason, STOPPED)));
      left = TimeUnit.SECONDS.toNanos(5);
      while (!runByRef.isEmpty() && left > 0) {
        left = fewer.awaitNanos(left);
      }
      return runByRef.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void executing(RunRef run) {
    news.executing(run);
  }

  @Override
  public void suspended(RunRef run, int processes, long millis) {
    news.suspended(run, processes, millis);
  }

  @Override
  public void continued(RunRef run) {
    news.continued(run);
  }

  @Override
  public void leftMemory(RunRef run) {
    news.leftMemory(run);
  }

  @Override
  public void checkpointed(RunRef run, int generation, long bytes, double seconds) {
    news.checkpointed(run, generation, bytes, seconds);
  }

  @Override
  public void gone(RunRef run, String reason) {
    lock.lock();
    try {
      runByRef.remove(run);
      reasonByGoneRun.put(run, reason);
      fewer.signalAll();
    } finally {
      lock.unlock();
    }
    news.gone(run, reason);
  }
}
