package io.urubu.startd.agent;

import io.urubu.protocol.claim.v1.Activated;
import io.urubu.protocol.claim.v1.ActivationRefused;
import io.urubu.protocol.claim.v1.ClaimRequest;
import io.urubu.protocol.claim.v1.RunGone;
import io.urubu.startd.claim.ClaimLink;
import io.urubu.startd.claim.Wiring;
import io.urubu.startd.machine.Machine;
import io.urubu.startd.slot.Claim;
import io.urubu.startd.slot.SlotAction;
import io.urubu.startd.slot.SlotAction.StartRun;
import io.urubu.startd.slot.SlotEvent;
import io.urubu.startd.slot.SlotState;
import io.urubu.startd.slot.Step;
import io.urubu.startd.starters.RunOrder;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Carries out what a slot decided: on its claim's link and with the starters. */
final class SlotActions {
  private final Surroundings surroundings;
  private final Wiring.SlotSide side;
  private final BiConsumer<Object, SlotEvent> events;
  private final List<ClaimLink> leaving = new CopyOnWriteArrayList<>();
  private volatile @Nullable OpenLink current;

  /** A link, and the mark that its events carry. */
  private record OpenLink(Object mark, ClaimLink link) {}

  SlotActions(
      Surroundings surroundings, Wiring.SlotSide side, BiConsumer<Object, SlotEvent> events) {
    this.surroundings = surroundings;
    this.side = side;
    this.events = events;
  }

  /** False for a link that was hung up: what it still reports is of the past. */
  boolean isCurrent(Object mark) {
    OpenLink open = current;
    return open != null && open.mark() == mark;
  }

  void resume(Claim claim) {
    Object mark = new Object();
    current =
        new OpenLink(
            mark,
            ClaimLink.resume(
                surroundings.claims(), side, event -> events.accept(mark, event), claim));
  }

  /** What does not wait for the disk: the owner does not, either. */
  void performUrgent(List<SlotAction> actions) {
    actions.stream().filter(SlotAction.SuspendRun.class::isInstance).forEach(this::perform);
  }

  void performOthers(List<SlotAction> actions) {
    actions.stream()
        .filter(action -> !(action instanceof SlotAction.SuspendRun))
        .forEach(this::perform);
  }

  private void perform(SlotAction action) {
    switch (action) {
      case SlotAction.Dial(var match) -> {
        Object mark = new Object();
        current =
            new OpenLink(
                mark,
                ClaimLink.offer(
                    surroundings.claims(), side, event -> events.accept(mark, event), match));
      }
      case SlotAction.HangUp(var released) -> hangUp(released);
      case StartRun start -> surroundings.starters().start(order(start));
      case SlotAction.TellActivated(var run) ->
          send(
              ClaimRequest.newBuilder().setActivated(Activated.newBuilder().setRun(run.toProto())));
      case SlotAction.TellRefused refused -> tellRefused(refused);
      case SlotAction.EndRun(var user, var run, var graceful, var why) ->
          surroundings.starters().end(user, run, graceful, why);
      case SlotAction.SuspendRun(var user, var run, var reason) ->
          surroundings.starters().suspend(user, run, reason);
      case SlotAction.ContinueRun(var user, var run) -> surroundings.starters().resume(user, run);
      case SlotAction.PassWish(var user, var run, var wish) ->
          surroundings.starters().pass(user, run, wish);
      case SlotAction.KillStarter(var user, var run, var reason) ->
          surroundings.starters().kill(user, run, reason);
      case SlotAction.MoveShadow(var user, var run, var shadow) ->
          surroundings.starters().moveShadow(user, run, shadow);
      case SlotAction.TellGone gone -> tellGone(gone);
    }
  }

  private void tellGone(SlotAction.TellGone gone) {
    send(
        ClaimRequest.newBuilder()
            .setRunGone(
                RunGone.newBuilder()
                    .setRun(gone.run().toProto())
                    .setReason(gone.reason())
                    .setClaimEnds(gone.isLast())));
  }

  private void tellRefused(SlotAction.TellRefused refused) {
    send(
        ClaimRequest.newBuilder()
            .setActivationRefused(
                ActivationRefused.newBuilder()
                    .setRun(refused.run().toProto())
                    .setReason(refused.reason())
                    .setMachineFault(refused.machineFault())));
  }

  private RunOrder order(StartRun start) {
    Machine machine = surroundings.machine();
    String slot = side.name();
    return new RunOrder(
        start.activation(),
        start.claim().user(),
        Integer.parseInt(slot.substring("slot".length(), slot.indexOf('@'))),
        slot,
        machine.slotCpus(),
        machine.slotMemoryMegabytes());
  }

  /**
   * A claim or run that cannot be stored is not taken on.
   *
   * @return true when the step must not be made
   */
  boolean refuseUnstored(SlotState before, SlotEvent event, Step step) {
    String reason = "the disk does not take the slot's state";
    if (before instanceof SlotState.Matched && event instanceof SlotEvent.Granted) {
      hangUp(Optional.of(reason));
      return true;
    }
    for (SlotAction action : step.actions()) {
      if (action instanceof StartRun start) {
        tellRefused(new SlotAction.TellRefused(start.activation().run(), reason, true));
        return true;
      }
    }
    return false;
  }

  private void hangUp(Optional<String> released) {
    OpenLink open = current;
    current = null;
    if (open != null) {
      open.link().hangUp(released);
      leaving.removeIf(ClaimLink::hasEnded);
      leaving.add(open.link());
    }
  }

  private void send(ClaimRequest.Builder message) {
    OpenLink open = current;
    if (open != null) {
      open.link().send(message.build());
    }
  }

  /** Ends the links; waits until the last words are said, no longer than that. */
  void close(Duration limit) throws InterruptedException {
    hangUp(Optional.empty());
    for (ClaimLink link : leaving) {
      link.awaitEnd(limit);
    }
  }
}
