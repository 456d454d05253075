package io.urubu.startd.starters;

import io.urubu.classad.ClassAd;
import io.urubu.protocol.id.RunRef;
import io.urubu.startd.slot.Endpoint;
import io.urubu.startd.slot.Why;
import io.urubu.startd.slot.Wish;
import io.urubu.startd.starters.Reply.Done;
import io.urubu.startd.starters.Reply.Failed;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One user's starter on this workstation: absent, or a process with its folder and one connection.
 * All that takes time happens on its lane, one thing after the other.
 */
final class Starter {
  private static final Logger log = LoggerFactory.getLogger(Starter.class);

  private static final Duration ANSWER = Duration.ofSeconds(20);
  private static final Duration ADOPTION = Duration.ofSeconds(5);
  private static final Duration RECONNECT = Duration.ofSeconds(2);
  private static final Duration LEAVE = Duration.ofSeconds(5);
  private static final Why UNWANTED = new Why(Why.STARTD_STOPPED, "no slot holds it");

  private final String user;
  private final Starters.Tools tools;
  private final Lodgings lodgings;
  private final StarterNews news;
  private final Lane lane;
  private final StarterBirth birth;
  private final Renewals renewals;

  private final UrgentLine urgent;
  private final HeldRuns runs;

  /** Written on the lane only. */
  private volatile @Nullable StarterRecord record;

  private @Nullable StarterLink link;
  private boolean isQuitting;
  private long idleSince;

  Starter(String user, Starters.Tools tools, Lodgings lodgings, StarterNews news) {
    this.user = user;
    this.tools = tools;
    this.lodgings = lodgings;
    this.news = news;
    this.runs = new HeldRuns(news);
    this.lane = new Lane("starter-" + user);
    this.urgent = new UrgentLine(user, tools);
    this.birth = new StarterBirth(tools);
    this.renewals = new Renewals(user, tools);
    this.idleSince = tools.ticker().getAsLong();
  }

  String user() {
    return user;
  }

  boolean isThere() {
    return record != null;
  }

  /** Goes on with a starter that an earlier process spawned and that may or may not be alive. */
  void adopt(StarterRecord left, Set<RunRef> held) {
    runs.addAll(held);
    record = left;
    lane.add(
        () -> {
          if (!reconnect(left, ADOPTION)) {
            bury("the starter did not outlive the startd");
          }
        });
  }

  /** Hands it a run; a starter is spawned when there is none. */
  void start(RunOrder order) {
    if (!lane.add(() -> startNow(order))) {
      news.refused(order.run(), "the starter is too busy");
    }
  }

  private void startNow(RunOrder order) throws InterruptedException {
    RunRef run = order.run();
    try {
      StarterLink open = liveLink();
      runs.add(run);
      Reply reply = open.call(order.toCommand(), ANSWER);
      switch (reply) {
        case Done _ -> runs.took(run);
        case Failed(var reason) -> {
          runs.remove(run);
          news.refused(run, reason);
        }
      }
    } catch (IOException e) {
      log.atWarn().addKeyValue("run", run).setCause(e).log("the starter did not take the run");
      runs.remove(run);
      if (bury("the starter failed: " + e.getMessage())) {
        news.refused(run, "the starter failed: " + e.getMessage());
      } else {
        runs.add(run);
      }
    }
  }

  /** The open connection; to a fresh starter when there is none. */
  private StarterLink liveLink() throws IOException, InterruptedException {
    StarterLink open = link;
    if (open != null) {
      return open;
    }
    if (record != null && !bury("the starter was lost")) {
      throw new IOException("what an earlier starter left cannot be removed");
    }
    StarterRecord fresh = lodgings.take(user);
    record = fresh;
    isQuitting = false;
    StarterLink born = listen(birth.spawn(fresh));
    urgent.prepare(fresh.folder());
    return born;
  }

  private StarterLink listen(StarterLink open) {
    link = open;
    open.listen(
        new StarterLink.Listener() {
          @Override
          public void event(ClassAd event) {
            heard(event);
          }

          @Override
          public void ended() {
            lane.add(() -> lost(open));
          }
        });
    return open;
  }

  /** On the reading thread: what a starter says of runs that are not its own changes nothing. */
  private void heard(ClassAd event) {
    Optional<RunRef> ofRun = event.string("Run").flatMap(RunRef::parse);
    Optional<RunRef> ours = ofRun.filter(runs::contains);
    switch (event.string("Event").or(() -> event.string("Command")).orElse("")) {
      case "RunGone" -> ofRun.ifPresent(run -> gone(run, event.string("Reason").orElse("")));
      case "LeftMemory" -> ours.ifPresent(news::memoryLeft);
      case "Checkpointed" -> ours.ifPresent(news::checkpointed);
      case "Suspended" ->
          ours.ifPresent(
              run ->
                  log.atInfo()
                      .addKeyValue("run", run)
                      .addKeyValue("processes", event.integer("Processes").orElse(0))
                      .addKeyValue("millis", event.integer("Millis").orElse(0))
                      .log("the job stands still"));
      case "RenewCertificate" ->
          lane.add(() -> renewals.answer(link, event.string("PublicKey").orElse("")));
      default -> log.atDebug().addKeyValue("user", user).log("an event of the starter");
    }
  }

  private void gone(RunRef run, String reason) {
    if (!runs.leave(run, StarterTexts.bounded(reason))) {
      acknowledge(run);
    }
  }

  private void lost(StarterLink ended) throws InterruptedException {
    if (link != ended) {
      return;
    }
    link = null;
    StarterRecord there = record;
    if (there == null) {
      return;
    }
    if (isQuitting || !reconnect(there, RECONNECT)) {
      bury("the starter died");
    }
  }

  private boolean reconnect(StarterRecord there, Duration limit) throws InterruptedException {
    try {
      StarterLink open = listen(birth.connect(there, limit));
      if (!(open.call(StarterTexts.command("Status"), ANSWER) instanceof Done(var items))) {
        return false;
      }
      urgent.prepare(there.folder());
      Set<RunRef> present = StarterTexts.runs(items);
      for (RunRef run : present) {
        if (runs.contains(run)) {
          runs.took(run);
        } else {
          open.call(StarterTexts.end(run, false, UNWANTED), ANSWER);
        }
      }
      runs.leaveAllBut(present, "the starter does not have it any more");
      log.atInfo()
          .addKeyValue("user", user)
          .addKeyValue("runs", present.size())
          .log("starter adopted");
      return true;
    } catch (IOException e) {
      log.atDebug().addKeyValue("user", user).setCause(e).log("cannot reach the starter");
      return false;
    }
  }

  /** False when something of it is left; then it is tried again. */
  private boolean bury(String reason) throws InterruptedException {
    StarterLink open = link;
    link = null;
    if (open != null) {
      open.close();
    }
    urgent.close();
    StarterRecord dead = record;
    if (dead != null) {
      try {
        lodgings.clear(dead);
      } catch (IOException e) {
        log.atWarn().addKeyValue("user", user).setCause(e).log("cannot sweep after a starter");
        return false;
      }
      log.atInfo()
          .addKeyValue("user", user)
          .addKeyValue("folder", dead.folder())
          .addKeyValue("reason", reason)
          .log("starter gone and swept");
      record = null;
    }
    runs.leaveAll(reason);
    return true;
  }

  /** Ahead of everything that waits, if the starter has the run; else after its start. */
  void end(RunRef run, boolean graceful, Why why) {
    ClassAd request = StarterTexts.end(run, graceful, why);
    StarterRecord there = record;
    if (there != null && runs.isTaken(run)) {
      urgent.say(there.folder(), request, _ -> lane.add(() -> ask(request, run)));
    } else {
      lane.add(() -> ask(request, run));
    }
  }

  /** Ahead of everything that waits. */
  void suspend(RunRef run, String reason) {
    sayIfTaken(
        run,
        StarterTexts.suspend(run, reason),
        trouble -> {
          if (runs.contains(run)) {
            log.atWarn()
                .addKeyValue("run", run)
                .addKeyValue("reason", trouble.reason())
                .log("a run cannot be suspended");
            news.suspendFailed(run, trouble.reason());
          }
        });
  }

  void resume(RunRef run) {
    sayIfTaken(
        run,
        StarterTexts.resume(run),
        trouble -> {
          if (!trouble.answered()) {
            lane.add(() -> meetAgain(run));
          }
        });
  }

  /**
   * A run that the starter has not taken yet is told when it has: {@code news.took} asks for it.
   */
  private void sayIfTaken(RunRef run, ClassAd request, Consumer<UrgentLine.Trouble> failed) {
    StarterRecord there = record;
    if (there != null && runs.isTaken(run)) {
      urgent.say(there.folder(), request, failed);
    }
  }

  /** What could not be said may be old by now: the slot says it anew if the run is there. */
  private void meetAgain(RunRef run) throws IOException, InterruptedException {
    StarterLink open = link;
    if (open != null
        && open.call(StarterTexts.command("Status"), ANSWER) instanceof Done(var items)
        && runs.contains(run)) {
      if (StarterTexts.runs(items).contains(run)) {
        news.took(run);
      } else {
        runs.leave(run, "the starter does not have it any more");
      }
    }
  }

  void pass(RunRef run, Wish wish) {
    lane.add(() -> ask(StarterTexts.wish(run, wish), run));
  }

  void moveShadow(RunRef run, Endpoint shadow) {
    lane.add(() -> ask(StarterTexts.shadowMoved(run, shadow), run));
  }

  void acknowledge(RunRef run) {
    lane.add(
        () -> {
          if (link != null) {
            ask(StarterTexts.acknowledge(run), run);
          }
        });
  }

  private void ask(ClassAd request, RunRef run) throws InterruptedException {
    StarterLink open = link;
    if (open == null) {
      if (record == null) {
        news.left(run, "its starter is gone");
      }
      return;
    }
    try {
      if (open.call(request, ANSWER) instanceof Failed(var reason)) {
        log.atDebug().addKeyValue("run", run).addKeyValue("reason", reason).log("starter refused");
        dropUnknown(open, run);
      }
    } catch (IOException e) {
      log.atWarn().addKeyValue("user", user).setCause(e).log("a starter does not answer");
      bury("the starter did not answer");
    }
  }

  /** A run that the starter does not know is gone. */
  private void dropUnknown(StarterLink open, RunRef run) throws IOException, InterruptedException {
    if (runs.contains(run)
        && open.call(StarterTexts.command("Status"), ANSWER) instanceof Done(var items)
        && !StarterTexts.runs(items).contains(run)) {
      runs.leave(run, "the starter does not have it any more");
    }
  }

  /** Does not wait for the lane, which may be waiting for the very starter. */
  void kill() {
    tools
        .threads()
        .execute(
            () -> {
              StarterRecord there = record;
              try {
                if (there != null) {
                  lodgings.kill(there);
                }
              } catch (IOException e) {
                log.atWarn().addKeyValue("user", user).setCause(e).log("cannot kill a starter");
              } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
              }
              lane.add(() -> bury("the starter was killed"));
            });
  }

  /** Every few seconds: quits when it is long not needed, sweeps again what resisted. */
  void tend(boolean hasClaim) {
    StarterRecord there = record;
    if (there == null || !lane.isFree()) {
      return;
    }
    if (hasClaim || !runs.isEmpty()) {
      idleSince = tools.ticker().getAsLong();
    }
    boolean isOver = tools.ticker().getAsLong() - idleSince > tools.linger().toNanos();
    lane.add(
        () -> {
          tools.launcher().boundLog(there);
          if (link == null) {
            bury("the starter is gone");
          } else if (isOver) {
            quitNow();
          }
        });
  }

  void quit() {
    lane.add(this::quitNow);
  }

  private void quitNow() throws InterruptedException {
    StarterLink open = link;
    isQuitting = true;
    if (open != null) {
      try {
        open.call(StarterTexts.command("Quit"), LEAVE);
        open.awaitEnd(LEAVE);
      } catch (IOException e) {
        log.atDebug().addKeyValue("user", user).setCause(e).log("the starter did not answer Quit");
      }
    }
    bury("the starter quit");
  }

  /** True when all that was asked until now is done. */
  boolean awaitIdle(Duration limit) throws InterruptedException {
    return lane.awaitFree(limit);
  }
}
