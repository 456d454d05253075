package io.urubu.startd;

import io.urubu.classad.ClassAd;
import io.urubu.command.CommandConnection;
import io.urubu.command.Frame;
import io.urubu.command.Peer;
import io.urubu.command.PoolError;
import io.urubu.command.PoolException;
import io.urubu.config.Knobs;
import io.urubu.daemon.process.Daemon;
import io.urubu.daemon.process.DaemonContext;
import io.urubu.startd.agent.SlotAgent;
import io.urubu.startd.machine.SlotView;
import io.urubu.startd.slot.Claim;
import io.urubu.startd.slot.SlotEvent;
import io.urubu.startd.slot.SlotState;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The startd of one workstation: its slots, their claims, its starters. */
final class StartdDaemon implements Daemon {
  private static final Logger log = LoggerFactory.getLogger(StartdDaemon.class);

  private static final Duration RUNS_LIMIT = Duration.ofSeconds(22);
  private static final Duration STARTERS_LIMIT = Duration.ofSeconds(8);
  private static final Duration WORDS_LIMIT = Duration.ofSeconds(3);

  private final DaemonContext context;
  private final StartdParts parts;
  private final CountDownLatch closing = new CountDownLatch(1);

  private StartdDaemon(DaemonContext context, StartdParts parts) {
    this.context = context;
    this.parts = parts;
  }

  static Daemon start(DaemonContext context) throws Exception {
    StartdParts parts = StartdParts.of(context);
    StartdDaemon daemon = new StartdDaemon(context, parts);
    parts.starters().adopt(parts.board().userByRun());
    parts.board().agents().forEach(SlotAgent::start);
    parts.board().retireSurplus();
    parts.advertiser().start();
    Thread.ofVirtual().name("self-test").start(daemon::selfTest);
    Thread.ofVirtual().name("tend").start(daemon::tend);
    return daemon;
  }

  private void selfTest() {
    try {
      parts.readiness().tested(parts.starters().selfTest());
      applyPolicy();
      parts.advertiser().changed();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void tend() {
    long interval = context.config().get(Knobs.HEARTBEAT_INTERVAL).toNanos();
    try {
      while (!closing.await(interval, TimeUnit.NANOSECONDS)) {
        parts.readiness().sense();
        applyPolicy();
        parts
            .starters()
            .tend(
                agents().stream()
                    .map(agent -> agent.view().state().heldClaim())
                    .flatMap(Optional::stream)
                    .map(Claim::user)
                    .collect(Collectors.toSet()));
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** Tells the slots without a claim whether the owner wants jobs at all. */
  private void applyPolicy() {
    for (SlotAgent agent : agents()) {
      SlotView view = agent.view();
      Optional<String> closed = parts.readiness().closed(view);
      switch (view.state()) {
        case SlotState.Owner(var reason) -> {
          if (closed.isEmpty()) {
            agent.post(new SlotEvent.Opened());
          } else if (!closed.get().equals(reason)) {
            agent.post(new SlotEvent.Closed(closed.get()));
          }
        }
        case SlotState.Unclaimed _, SlotState.Matched _ ->
            closed.ifPresent(reason -> agent.post(new SlotEvent.Closed(reason)));
        case SlotState.Claimed _, SlotState.Preempting _, SlotState.Drained _ -> {}
      }
    }
  }

  private List<SlotAgent> agents() {
    return parts.board().agents();
  }

  @Override
  public ClassAd status() {
    return ClassAd.builder()
        .put("StartdName", parts.machine().name())
        .put("Slots", agents().size())
        .put("Starters", parts.starters().count())
        .build();
  }

  @Override
  public void serve(CommandConnection connection, Peer peer, Frame request)
      throws IOException, PoolException {
    String command = request.ad().string("Command").orElse("");
    if (!command.equals("Status")) {
      throw new PoolException(
          PoolError.REQUEST_INVALID, "the command '" + command + "' is not known here");
    }
    for (SlotAgent agent : agents()) {
      connection.send(Frame.Kind.ITEM, describe(agent.view()));
    }
    connection.send(Frame.Kind.DONE, status());
  }

  private ClassAd describe(SlotView slot) {
    ClassAd.Builder ad =
        ClassAd.builder()
            .put("Name", parts.machine().slotName(slot.number()))
            .put("State", slot.state().stateName())
            .put("Activity", slot.state().activityName());
    slot.state()
        .heldClaim()
        .ifPresent(claim -> ad.put("User", claim.user()).put("Schedd", claim.schedd()));
    slot.state().held().ifPresent(run -> ad.put("Run", run.toString()));
    parts.readiness().closed(slot).ifPresent(reason -> ad.put("ClosedReason", reason));
    return ad.build();
  }

  @Override
  public void close() {
    closing.countDown();
    try {
      agents().forEach(agent -> agent.post(new SlotEvent.DrainAsked("the startd goes down")));
      awaitDrained(RUNS_LIMIT);
      parts.starters().close(STARTERS_LIMIT);
      awaitDrained(WORDS_LIMIT);
      for (SlotAgent agent : agents()) {
        agent.stop(WORDS_LIMIT);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    parts.advertiser().close();
    parts.close();
    log.atInfo().addKeyValue("startd", parts.machine().name()).log("went down in order");
  }

  /** Until every slot is drained; a slot that only waits for a silent schedd waits shorter. */
  private void awaitDrained(Duration limit) throws InterruptedException {
    long deadline = context.ticker().getAsLong() + limit.toNanos();
    for (SlotAgent agent : agents()) {
      while (!agent.awaitDrained(Duration.ofMillis(100))) {
        boolean holdsRun = agent.view().state().held().isPresent();
        long patience = holdsRun ? 0 : limit.minus(WORDS_LIMIT).toNanos();
        if (context.ticker().getAsLong() + patience - deadline > 0) {
          break;
        }
      }
    }
  }
}
