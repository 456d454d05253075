package io.urubu.schedd.queue;

import io.urubu.schedd.queue.JobAction.Activate;
import io.urubu.schedd.queue.JobAction.Admit;
import io.urubu.schedd.queue.JobAction.Archive;
import io.urubu.schedd.queue.JobAction.CloseRun;
import io.urubu.schedd.queue.JobAction.Deactivate;
import io.urubu.schedd.queue.JobAction.Entry;
import io.urubu.schedd.queue.JobAction.Note;
import io.urubu.schedd.queue.JobAction.Settle;
import io.urubu.schedd.queue.JobAction.Tell;
import io.urubu.schedd.queue.JobEvent.AdmitFailed;
import io.urubu.schedd.queue.JobEvent.Admitted;
import io.urubu.schedd.queue.JobEvent.Assigned;
import io.urubu.schedd.queue.JobEvent.Hold;
import io.urubu.schedd.queue.JobEvent.Ordered;
import io.urubu.schedd.queue.JobEvent.Prepared;
import io.urubu.schedd.queue.JobEvent.Release;
import io.urubu.schedd.queue.JobEvent.Remove;
import io.urubu.schedd.queue.JobEvent.RunEnded;
import io.urubu.schedd.queue.JobEvent.RunLeft;
import io.urubu.schedd.queue.JobState.After;
import io.urubu.schedd.queue.JobState.Closing;
import io.urubu.schedd.queue.JobState.Completed;
import io.urubu.schedd.queue.JobState.Held;
import io.urubu.schedd.queue.JobState.Idle;
import io.urubu.schedd.queue.JobState.Removed;
import io.urubu.schedd.queue.JobState.Running;
import io.urubu.schedd.queue.JobState.Starting;
import io.urubu.schedd.queue.RunOutcome.Closed;
import io.urubu.schedd.queue.RunOutcome.Exited;
import io.urubu.schedd.queue.RunOutcome.Lost;
import io.urubu.schedd.queue.RunOutcome.MachineFailed;
import io.urubu.schedd.queue.RunOutcome.RestartFailed;
import io.urubu.schedd.queue.RunOutcome.UserFailed;

/**
 * The life of a job as a pure function. A run ends only when its shadow says so; a job ends once;
 * an event that is repeated, late or about another run changes nothing, but an end that the shadow
 * repeats is settled again.
 */
final class JobDecider {
  private JobDecider() {}

  static Step decide(JobLife life, JobEvent event) {
    return switch (life.state()) {
      case Idle _ -> idle(life, event);
      case Starting(int run) -> starting(life, run, event);
      case Running(int run) -> running(life, run, event);
      case Closing closing -> closing(life, closing, event);
      case Held _ -> held(life, event);
      case Completed _, Removed _ -> ended(life, event);
    };
  }

  private static Step idle(JobLife life, JobEvent event) {
    return switch (event) {
      case Assigned() -> {
        int run = life.runs() + 1;
        yield Step.to(
            new JobLife(new Starting(run), run, life.failures(), life.checkpoints()),
            new Admit(run));
      }
      case Hold(var reason) -> hold(life, reason);
      case Remove(var reason) -> remove(life, reason);
      case RunEnded(int run, _) -> Step.to(life, new Settle(run));
      case Prepared(int run, var generation) -> CheckpointDecider.prepared(life, run, generation);
      case Admitted _, AdmitFailed _, RunLeft _, Ordered _, Release _ -> Step.to(life);
    };
  }

  private static Step starting(JobLife life, int run, JobEvent event) {
    return switch (event) {
      case Admitted(int admitted) when admitted == run ->
          Step.to(life.to(new Running(run)), new Activate(run));
      case AdmitFailed(int failed, var reason) when failed == run -> hold(life, reason);
      case RunEnded(int ended, Exited _) when ended < run -> complete(life, ended);
      case RunEnded(int ended, var outcome) when ended == run -> end(life, run, outcome);
      case RunEnded(int ended, _) -> Step.to(life, new Settle(ended));
      case RunLeft(int left, var departure, boolean fault) when left == run ->
          close(life, run, new After.Again(fault), departure.reason());
      case Prepared(int saved, var generation) ->
          CheckpointDecider.prepared(life, saved, generation);
      case Hold(var reason) -> close(life, run, new After.Hold(reason), reason.text());
      case Remove(var reason) -> close(life, run, new After.Remove(reason), reason);
      case Assigned _, Admitted _, AdmitFailed _, RunLeft _, Ordered _, Release _ -> Step.to(life);
    };
  }

  private static Step running(JobLife life, int run, JobEvent event) {
    return switch (event) {
      case Admitted(int admitted) when admitted == run -> Step.to(life, new Activate(run));
      case RunEnded(int ended, var outcome) when ended == run -> end(life, run, outcome);
      case RunEnded(int ended, _) -> Step.to(life, new Settle(ended));
      case RunLeft(int left, var departure, boolean fault) when left == run ->
          close(life, run, new After.Again(fault), departure.reason());
      case Prepared(int saved, var generation) ->
          CheckpointDecider.prepared(life, saved, generation);
      case Ordered(var order) -> Step.to(life, new Tell(run, order));
      case Hold(var reason) -> stop(life, run, new After.Hold(reason), reason.text());
      case Remove(var reason) -> stop(life, run, new After.Remove(reason), reason);
      case Assigned _, Admitted _, AdmitFailed _, RunLeft _, Release _ -> Step.to(life);
    };
  }

  private static Step closing(JobLife life, Closing closing, JobEvent event) {
    int run = closing.run();
    return switch (event) {
      case RunEnded(int ended, var outcome) when ended == run ->
          closed(life, run, closing.after(), outcome);
      case RunEnded(int ended, Exited _) when ended < run -> complete(life, ended);
      case RunEnded(int ended, _) -> Step.to(life, new Settle(ended));
      case AdmitFailed(int failed, var reason) when failed == run ->
          closed(life, run, closing.after(), new UserFailed(reason));
      case Prepared(int saved, var generation) ->
          CheckpointDecider.prepared(life, saved, generation);
      case Hold(var reason) when closing.after() instanceof After.Again ->
          stop(life, run, new After.Hold(reason), reason.text());
      case Remove(var reason) when !(closing.after() instanceof After.Remove) ->
          stop(life, run, new After.Remove(reason), reason);
      case Assigned _,
          Admitted _,
          AdmitFailed _,
          RunLeft _,
          Ordered _,
          Hold _,
          Release _,
          Remove _ ->
          Step.to(life);
    };
  }

  private static Step held(JobLife life, JobEvent event) {
    return switch (event) {
      case Release(var reason) ->
          Step.to(life.to(new Idle()).failed(0), new Note(new Entry.Released(reason)));
      case Remove(var reason) -> remove(life, reason);
      case RunEnded(int run, _) -> Step.to(life, new Settle(run));
      case Prepared(int run, var generation) -> CheckpointDecider.prepared(life, run, generation);
      case Assigned _, Admitted _, AdmitFailed _, RunLeft _, Ordered _, Hold _ -> Step.to(life);
    };
  }

  private static Step ended(JobLife life, JobEvent event) {
    return switch (event) {
      case RunEnded(int run, _) -> Step.to(life, new Settle(run));
      case Prepared(int run, var generation) -> CheckpointDecider.prepared(life, run, generation);
      case Assigned _,
          Admitted _,
          AdmitFailed _,
          RunLeft _,
          Ordered _,
          Hold _,
          Release _,
          Remove _ ->
          Step.to(life);
    };
  }

  /** The run ended and nobody had asked for it. */
  private static Step end(JobLife life, int run, RunOutcome outcome) {
    return switch (outcome) {
      case Exited() -> complete(life, run);
      case Closed(var reason, boolean checkpointed) ->
          Step.to(
              life.to(new Idle()).failed(0),
              new Settle(run),
              new Note(new Entry.Evicted(reason, checkpointed)));
      case MachineFailed(var reason) ->
          Step.to(
              life.to(new Idle()).failed(life.failures() + 1),
              new Settle(run),
              new Note(new Entry.Evicted(reason)));
      case RestartFailed failed -> CheckpointDecider.restartFailed(life, run, failed);
      case Lost(var reason) ->
          Step.to(
              life.to(new Idle()),
              new Settle(run),
              new Deactivate(run, reason),
              new Note(new Entry.ReconnectFailed(reason)));
      case UserFailed(var reason) ->
          Step.to(
              life.to(new Held()),
              new Settle(run),
              new Note(new Entry.Evicted(reason.text())),
              new Note(new Entry.Held(reason)));
    };
  }

  /** The run ended after we had asked for it; an exit that came first counts. */
  private static Step closed(JobLife life, int run, After after, RunOutcome outcome) {
    if (outcome instanceof Exited) {
      return complete(life, run);
    }
    return switch (after) {
      case After.Again(boolean fault) ->
          end(
              life,
              run,
              fault && outcome instanceof Closed(var why, _) ? new MachineFailed(why) : outcome);
      case After.Hold(var reason) when outcome instanceof RestartFailed failed -> {
        Step idle = CheckpointDecider.restartFailed(life, run, failed);
        yield idle.then(hold(idle.next(), reason));
      }
      case After.Hold(var reason) ->
          evictedThen(life, run, reason.text(), outcome, hold(life, reason));
      case After.Remove(var reason) ->
          evictedThen(life, run, reason, outcome, remove(life, reason));
    };
  }

  private static Step evictedThen(
      JobLife life, int run, String reason, RunOutcome outcome, Step step) {
    boolean checkpointed = outcome instanceof Closed closed && closed.checkpointed();
    return Step.to(life, new Settle(run), new Note(new Entry.Evicted(reason, checkpointed)))
        .then(step);
  }

  private static Step complete(JobLife life, int run) {
    return Step.to(
        life.to(new Completed()).with(Checkpoints.NONE),
        new Settle(run),
        new Note(new Entry.Terminated()),
        new Archive());
  }

  private static Step hold(JobLife life, HoldReason reason) {
    return Step.to(life.to(new Held()), new Note(new Entry.Held(reason)));
  }

  private static Step remove(JobLife life, String reason) {
    Step removed =
        Step.to(
            life.to(new Removed()).with(Checkpoints.NONE),
            new Note(new Entry.Aborted(reason)),
            new Archive());
    boolean leavesFiles = life.currentRun() == 0 && life.checkpoints().newest().isPresent();
    return leavesFiles ? Step.to(life, new Settle(life.runs())).then(removed) : removed;
  }

  /** Nothing is on the workstation: only the shadow is asked. */
  private static Step close(JobLife life, int run, After after, String reason) {
    return Step.to(life.to(new Closing(run, after)), new CloseRun(run, reason));
  }

  private static Step stop(JobLife life, int run, After after, String reason) {
    return Step.to(
        life.to(new Closing(run, after)), new CloseRun(run, reason), new Deactivate(run, reason));
  }
}
