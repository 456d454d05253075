package io.urubu.startd;

import io.urubu.protocol.id.RunRef;
import io.urubu.startd.agent.SlotAgent;
import io.urubu.startd.slot.Match;
import io.urubu.startd.slot.SlotEvent;
import io.urubu.startd.starters.StarterNews;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** All slots, and who of them is meant by what comes from outside. */
final class SlotBoard implements StarterNews {
  private final int configured;
  private final List<SlotAgent> agents = new CopyOnWriteArrayList<>();

  SlotBoard(int configured) {
    this.configured = configured;
  }

  void add(SlotAgent agent) {
    agents.add(agent);
  }

  List<SlotAgent> agents() {
    return new ArrayList<>(agents);
  }

  /** Slots that held something when they were configured away end what they hold. */
  void retireSurplus() {
    for (SlotAgent agent : agents) {
      if (agent.view().number() > configured) {
        agent.post(new SlotEvent.DrainAsked("the slot is not configured any more"));
      }
    }
  }

  Map<RunRef, String> userByRun() {
    Map<RunRef, String> users = new HashMap<>();
    for (SlotAgent agent : agents) {
      agent
          .view()
          .state()
          .held()
          .ifPresent(run -> users.put(run, agent.view().state().heldClaim().orElseThrow().user()));
    }
    return users;
  }

  void matched(String slotName, Match match) {
    for (SlotAgent agent : agents) {
      if (agent.name().equals(slotName)) {
        agent.post(new SlotEvent.MatchCame(match));
      }
    }
  }

  @Override
  public void took(RunRef run) {
    tellHolder(run, new SlotEvent.StarterTook(run));
  }

  @Override
  public void refused(RunRef run, String reason) {
    tellHolder(run, new SlotEvent.StarterRefused(run, reason));
  }

  @Override
  public void suspendFailed(RunRef run, String reason) {
    tellHolder(run, new SlotEvent.SuspendFailed(run, reason));
  }

  @Override
  public void memoryLeft(RunRef run) {
    tellHolder(run, new SlotEvent.MemoryLeft(run));
  }

  @Override
  public void checkpointed(RunRef run) {
    tellHolder(run, new SlotEvent.Checkpointed(run));
  }

  @Override
  public void left(RunRef run, String reason) {
    tellHolder(run, new SlotEvent.RunLeft(run, reason));
  }

  private void tellHolder(RunRef run, SlotEvent event) {
    for (SlotAgent agent : agents) {
      if (agent.view().state().held().filter(run::equals).isPresent()) {
        agent.post(event);
      }
    }
  }
}
