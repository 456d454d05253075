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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.util.ArrayList;
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

  /** Who typed within that time is there. */
  private static final long PRESENT_SECONDS = 60;

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
    parts.watch().start();
    parts.board().retireSurplus();
    parts.advertiser().start();
    Thread.ofVirtual().name("self-test").start(daemon::selfTest);
    Thread.ofVirtual().name("tend").start(daemon::tend);
    return daemon;
  }

  private void selfTest() {
    try {
      parts.readiness().tested(parts.starters().selfTest());
      parts.watch().wake();
      parts.advertiser().changed();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void tend() {
    long interval = context.config().get(Knobs.HEARTBEAT_INTERVAL).toNanos();
    try {
      while (!closing.await(interval, TimeUnit.NANOSECONDS)) {
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
    switch (command) {
      case "Status" -> {
        for (SlotAgent agent : agents()) {
          connection.send(Frame.Kind.ITEM, describe(agent.view()));
        }
        connection.send(Frame.Kind.DONE, status());
      }
      case "Owner" -> {
        mustBeOurs(peer);
        simulate(connection, request.ad().bool("Active"));
      }
      case "OwnerStatus" -> {
        for (SlotAgent agent : agents()) {
          connection.send(Frame.Kind.ITEM, describe(agent.view()));
        }
        connection.send(Frame.Kind.DONE, ownerStatus());
      }
      default ->
          throw new PoolException(
              PoolError.REQUEST_INVALID, "the command '" + command + "' is not known here");
    }
  }

  private void mustBeOurs(Peer peer) throws IOException, PoolException {
    UserPrincipal own = Files.getOwner(Path.of("/proc/self"));
    UserPrincipal root =
        Path.of("/").getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("root");
    if (!peer.account().equals(own) && !peer.account().equals(root)) {
      throw new PoolException(
          PoolError.PERMISSION_DENIED,
          "%s may not say whether the owner of %s is there: only root and %s may"
              .formatted(peer.name(), parts.machine().name(), own.getName()));
    }
  }

  private void simulate(CommandConnection connection, Optional<Boolean> active)
      throws IOException, PoolException {
    if (active.isEmpty()) {
      throw new PoolException(PoolError.REQUEST_INVALID, "Owner: Active = true or false is needed");
    }
    if (parts.watch().simulatedOwner().isEmpty()) {
      throw new PoolException(
          PoolError.REQUEST_INVALID,
          "the owner of %s is a real one: set OWNER_SIMULATOR = true to simulate another"
              .formatted(parts.machine().name()));
    }
    try {
      List<ClassAd> after = new ArrayList<>();
      parts.watch().simulate(active.get(), slot -> after.add(describe(slot)));
      for (ClassAd slot : after) {
        connection.send(Frame.Kind.ITEM, slot);
      }
      connection.send(Frame.Kind.DONE, ownerStatus());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private ClassAd ownerStatus() {
    ClassAd.Builder ad =
        ClassAd.builder()
            .put("StartdName", parts.machine().name())
            .put("OwnerSimulator", parts.watch().simulatedOwner().isPresent());
    ClassAd input = parts.readiness().input();
    ad.put(
        "Active",
        parts
            .watch()
            .simulatedOwner()
            .orElseGet(() -> input.integer("KeyboardIdle").orElse(0) < PRESENT_SECONDS));
    return ad.putAll(input).build();
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
      awaitDrained(parts.limitForRuns());
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
