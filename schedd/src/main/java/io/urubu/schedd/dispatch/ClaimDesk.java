package io.urubu.schedd.dispatch;

import io.grpc.Status;
import io.urubu.identity.Secret;
import io.urubu.protocol.claim.v1.ClaimResponse;
import io.urubu.protocol.id.JobId;
import io.urubu.protocol.id.RunRef;
import io.urubu.protocol.wire.v1.ShadowEndpoint;
import io.urubu.schedd.claim.ClaimNews;
import io.urubu.schedd.line.Line;
import io.urubu.schedd.negotiate.MatchNews;
import io.urubu.schedd.negotiate.Waiting;
import io.urubu.schedd.queue.Batch;
import io.urubu.schedd.queue.Departure;
import io.urubu.schedd.queue.Job;
import io.urubu.schedd.queue.JobEvent;
import io.urubu.schedd.queue.JobState;
import io.urubu.schedd.queue.Order;
import io.urubu.schedd.queue.RunInfo;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The claims of this schedd: from the offer of a slot to its release. Belongs to the queue's
 * thread; everything that is said waits for the commit.
 */
final class ClaimDesk {
  private static final Logger log = LoggerFactory.getLogger(ClaimDesk.class);

  private final DispatchSettings settings;
  private final Waiting waiting;
  private final Function<String, Optional<ShadowEndpoint>> shadowOf;
  private final Matches matches;
  private final Map<String, Claim> bySha256 = new HashMap<>();
  private final Map<Line<ClaimResponse>, Claim> byLine = new HashMap<>();
  // From the durable jobs: those with a run on a claim, also when its startd is not here. There may
  // be two: one whose end the shadow has yet to tell, and the next.
  private final Map<String, Set<JobId>> jobsBySha256 = new HashMap<>();
  private final Strays strays;
  private final Set<Claim> freed = new LinkedHashSet<>();

  ClaimDesk(
      DispatchSettings settings,
      Waiting waiting,
      Function<String, Optional<ShadowEndpoint>> shadowOf) {
    this.settings = settings;
    this.waiting = waiting;
    this.shadowOf = shadowOf;
    this.matches = new Matches(settings);
    this.strays = new Strays(settings);
  }

  int size() {
    return bySha256.size();
  }

  void changed(Optional<Job> before, Optional<Job> after) {
    before.filter(job -> job.run().isPresent()).ifPresent(this::forgetRun);
    if (after.flatMap(Job::run).isEmpty()) {
      before.filter(job -> job.run().isPresent()).ifPresent(this::runEnded);
    }
    after
        .filter(job -> job.run().isPresent())
        .ifPresent(
            job ->
                jobsBySha256
                    .computeIfAbsent(
                        job.run().orElseThrow().claimSha256(), _ -> new LinkedHashSet<>())
                    .add(job.id()));
  }

  private void forgetRun(Job job) {
    String sha256 = job.run().orElseThrow().claimSha256();
    jobsBySha256.computeIfPresent(
        sha256,
        (_, jobs) -> {
          jobs.remove(job.id());
          return jobs;
        });
    jobsBySha256.remove(sha256, Set.of());
  }

  /** A run that the workstation never heard of leaves its claim free. */
  private void runEnded(Job job) {
    claimOf(job)
        .filter(claim -> claim.told.isEmpty() && !claim.activated)
        .ifPresent(
            claim -> {
              claim.drop();
              freed.add(claim);
            });
  }

  /** True when {@link #reuseFreed} has something to do. */
  boolean hasFreed() {
    return !freed.isEmpty();
  }

  void reuseFreed(Batch batch) {
    for (Claim claim : List.copyOf(freed)) {
      if (claim.run.isEmpty() && bySha256.containsKey(claim.sha256())) {
        reuse(batch, claim);
      }
    }
    freed.clear();
  }

  void take(Batch batch, ClaimNews news) {
    switch (news) {
      case ClaimNews.Offered offer ->
          matches.offered(offer).ifPresent(match -> grant(batch, offer, match));
      case ClaimNews.Resumed resumed -> resume(batch, resumed);
      case ClaimNews.Activated(var line, var run) -> activated(line, run);
      case ClaimNews.ActivationRefused refused -> refused(batch, refused);
      case ClaimNews.RunGone gone -> gone(batch, gone);
      case ClaimNews.Released(var line, var reason) ->
          released(batch, line, new Departure(Departure.CLAIM_RELEASED, reason));
      case ClaimNews.Broken(var line) -> broken(line);
    }
  }

  void matched(Batch batch, MatchNews.Matched match) {
    waiting.expect(match.autocluster(), 1);
    matches.matched(match).ifPresent(offer -> grant(batch, offer, match));
  }

  private void grant(Batch batch, ClaimNews.Offered offer, MatchNews.Matched match) {
    waiting.expect(match.autocluster(), -1);
    Line<ClaimResponse> line = offer.line();
    if (!match.slot().equals(offer.slot())) {
      batch.afterCommit(() -> line.send(ClaimMessages.refused("the ticket is for another slot")));
      return;
    }
    Secret secret = Secret.random(settings.random());
    Claim claim = new Claim(secret, match.user(), offer.slot(), offer.machine(), line);
    if (!assignNext(batch, claim)) {
      batch.afterCommit(
          () -> line.send(ClaimMessages.refused("no job of " + match.user() + " waits for it")));
      return;
    }
    bySha256.put(claim.sha256(), claim);
    byLine.put(line, claim);
    batch.afterCommit(
        () -> claim.send(ClaimMessages.granted(secret, claim.user, settings.lease())));
    log.atInfo()
        .addKeyValue("slot", claim.slot)
        .addKeyValue("user", claim.user)
        .log("slot claimed");
  }

  /** Gives the claim the user's next job; false when none wants it. */
  private boolean assignNext(Batch batch, Claim claim) {
    Optional<JobId> next = waiting.next(claim.user, claim.machine);
    if (next.isEmpty()) {
      return false;
    }
    RunInfo run = new RunInfo(Secret.random(settings.random()), claim.sha256(), claim.slot, false);
    if (!batch.assign(next.get(), run)) {
      throw new IllegalStateException("job " + next.get() + " waits and cannot be assigned");
    }
    Job job = batch.job(next.get()).orElseThrow();
    claim.take(new RunRef(settings.schedd(), job.id(), job.life().currentRun()));
    return true;
  }

  private void resume(Batch batch, ClaimNews.Resumed news) {
    String sha256 = Claim.sha256(news.claim());
    Claim claim = bySha256.get(sha256);
    Optional<Job> job = jobOf(batch, sha256);
    if (claim == null && job.isPresent() && isOf(job.get(), news)) {
      // From before a restart: the job remembers its claim.
      claim =
          new Claim(
              news.claim(), job.get().cluster().user(), news.slot(), news.machine(), news.line());
      claim.take(new RunRef(settings.schedd(), job.get().id(), job.get().life().currentRun()));
      bySha256.put(sha256, claim);
    }
    if (claim == null || !claim.slot.equals(news.slot())) {
      batch.afterCommit(() -> news.line().send(ClaimMessages.refused("no such claim")));
      return;
    }
    adopt(batch, claim, news);
  }

  /** The job that the claim is to run: not one that is only about to lose its run. */
  private Optional<Job> jobOf(Batch batch, String sha256) {
    return jobsBySha256.getOrDefault(sha256, Set.of()).stream()
        .map(batch::job)
        .flatMap(Optional::stream)
        .min(Comparator.comparing(job -> job.life().state() instanceof JobState.Closing));
  }

  private static boolean isOf(Job job, ClaimNews.Resumed news) {
    return job.run().filter(run -> run.slot().equals(news.slot())).isPresent();
  }

  private void adopt(Batch batch, Claim claim, ClaimNews.Resumed news) {
    claim.line.filter(old -> old != news.line()).ifPresent(this::replace);
    claim.line = Optional.of(news.line());
    claim.machine = news.machine();
    byLine.put(news.line(), claim);
    batch.afterCommit(
        () -> claim.send(ClaimMessages.granted(claim.secret, claim.user, settings.lease())));
    log.atInfo().addKeyValue("slot", claim.slot).log("claim is back");
    if (news.run().isPresent()) {
      RunRef held = news.run().get();
      if (claim.run.filter(held::equals).isPresent() && isCurrent(batch, held)) {
        claim.activated = true;
        batch.afterCommit(() -> tellShadow(claim));
        batch
            .job(held.job())
            .ifPresent(job -> batch.afterCommit(() -> repeatOrders(claim, held, job)));
      } else {
        batch.afterCommit(
            () -> claim.send(ClaimMessages.deactivate(held, "the run has no rights any more")));
      }
    } else if (claim.run.isPresent() && isCurrent(batch, claim.run.get())) {
      batch.job(claim.run.get().job()).ifPresent(job -> batch.afterCommit(() -> activate(job)));
    } else {
      claim.drop();
      reuse(batch, claim);
    }
  }

  private void replace(Line<ClaimResponse> old) {
    byLine.remove(old);
    old.end(Status.ABORTED.withDescription("the claim came on another stream"));
  }

  /** True while the run is to go on. */
  private static boolean isCurrent(Batch batch, RunRef run) {
    return batch
        .job(run.job())
        .filter(job -> job.life().currentRun() == run.number())
        .filter(job -> !(job.life().state() instanceof JobState.Closing))
        .isPresent();
  }

  private void activated(Line<ClaimResponse> line, RunRef run) {
    Claim claim = byLine.get(line);
    if (claim != null && claim.run.filter(run::equals).isPresent()) {
      claim.activated = true;
    }
  }

  private void refused(Batch batch, ClaimNews.ActivationRefused news) {
    Claim claim = byLine.get(news.line());
    if (claim == null || claim.run.filter(news.run()::equals).isEmpty()) {
      return;
    }
    batch.apply(
        news.run().job(),
        new JobEvent.RunLeft(news.run().number(), news.reason(), news.machineFault()));
    claim.drop();
    release(batch, claim, "the activation was refused: " + news.reason());
  }

  private void gone(Batch batch, ClaimNews.RunGone news) {
    RunRef run = news.run();
    Claim claim = byLine.get(news.line());
    if (claim == null) {
      // Released already: nothing of ours hangs on it.
      batch.afterCommit(() -> news.line().send(ClaimMessages.runGoneAck(run)));
      return;
    }
    if (run.schedd().equals(settings.schedd()) && ofClaim(batch, claim, run)) {
      batch.apply(run.job(), new JobEvent.RunLeft(run.number(), news.departure(), false));
    }
    batch.afterCommit(() -> claim.send(ClaimMessages.runGoneAck(run)));
    if (claim.run.filter(run::equals).isPresent()) {
      claim.drop();
    }
    if (claim.run.isEmpty()) {
      if (news.claimEnds()) {
        leave(batch, claim, news.departure());
      } else {
        reuse(batch, claim);
      }
    }
  }

  /** A startd speaks for the runs of its own claim only. */
  private static boolean ofClaim(Batch batch, Claim claim, RunRef run) {
    return batch
        .job(run.job())
        .flatMap(Job::run)
        .filter(info -> info.claimSha256().equals(claim.sha256()))
        .isPresent();
  }

  private void reuse(Batch batch, Claim claim) {
    if (claim.line.isEmpty()) {
      // Its startd learns that it is free when it comes back.
      forget(claim);
    } else if (!assignNext(batch, claim)) {
      release(batch, claim, "no job of " + claim.user + " waits for this slot");
    }
  }

  private void release(Batch batch, Claim claim, String reason) {
    forget(claim);
    batch.afterCommit(() -> claim.send(ClaimMessages.release(reason)));
    log.atInfo()
        .addKeyValue("slot", claim.slot)
        .addKeyValue("user", claim.user)
        .addKeyValue("reason", reason)
        .log("claim released");
  }

  private void released(Batch batch, Line<ClaimResponse> line, Departure departure) {
    Claim claim = byLine.get(line);
    if (claim != null) {
      leave(batch, claim, departure);
    }
    batch.afterCommit(line::end);
  }

  private void leave(Batch batch, Claim claim, Departure departure) {
    forget(claim);
    claim.run.ifPresent(
        run -> batch.apply(run.job(), new JobEvent.RunLeft(run.number(), departure, false)));
    log.atInfo()
        .addKeyValue("slot", claim.slot)
        .addKeyValue("user", claim.user)
        .addKeyValue("reason", departure.reason())
        .log("claim ended");
  }

  private void forget(Claim claim) {
    bySha256.remove(claim.sha256());
    claim.line.ifPresent(byLine::remove);
  }

  private void broken(Line<ClaimResponse> line) {
    Claim claim = byLine.remove(line);
    if (claim == null || claim.line.filter(line::equals).isEmpty()) {
      return;
    }
    claim.line = Optional.empty();
    claim.brokenAt = settings.now();
    if (claim.run.isEmpty()) {
      forget(claim);
    }
  }

  /** The run has its rights: the workstation may have it. */
  void activate(Job job) {
    claimOf(job)
        .ifPresent(
            claim ->
                shadowOf
                    .apply(claim.user)
                    .ifPresent(
                        shadow -> {
                          claim.told = Optional.of(shadow);
                          claim.send(
                              ClaimMessages.activate(
                                  claim.run.orElseThrow(),
                                  job.ad(),
                                  shadow,
                                  job.run().orElseThrow().ticket()));
                          tellOrders(claim, job);
                        }));
  }

  /** A run that is new to the workstation goes on by itself. */
  private static void tellOrders(Claim claim, Job job) {
    RunRef run = claim.run.orElseThrow();
    job.standingOrders().stream()
        .filter(order -> !(order instanceof Order.Continue))
        .forEach(order -> claim.send(ClaimMessages.order(run, order)));
  }

  /** People's wishes for a run outlive streams and daemons; the startd may hear them twice. */
  private static void repeatOrders(Claim claim, RunRef run, Job job) {
    job.standingOrders().forEach(order -> claim.send(ClaimMessages.order(run, order)));
  }

  private Optional<Claim> claimOf(Job job) {
    return job.run()
        .map(run -> bySha256.get(run.claimSha256()))
        .filter(
            claim ->
                claim
                    .run
                    .filter(run -> run.job().equals(job.id()))
                    .filter(run -> run.number() == job.life().currentRun())
                    .isPresent());
  }

  void deactivate(JobId job, int run, String reason) {
    send(job, run, ref -> ClaimMessages.deactivate(ref, reason));
  }

  void tell(JobId job, int run, Order order) {
    send(job, run, ref -> ClaimMessages.order(ref, order));
  }

  private void send(JobId job, int run, Function<RunRef, ClaimResponse> message) {
    RunRef ref = new RunRef(settings.schedd(), job, run);
    for (Claim claim : List.copyOf(bySha256.values())) {
      if (claim.run.filter(ref::equals).isPresent()) {
        claim.send(message.apply(ref));
      }
    }
  }

  /** The user has another shadow: its starters must hear of it. */
  void shadowIs(String user) {
    bySha256.values().stream().filter(claim -> claim.user.equals(user)).forEach(this::tellShadow);
  }

  private void tellShadow(Claim claim) {
    Optional<ShadowEndpoint> shadow = shadowOf.apply(claim.user);
    if (claim.activated && claim.run.isPresent() && shadow.isPresent()) {
      if (!claim.told.equals(shadow)) {
        claim.told = shadow;
        claim.send(ClaimMessages.shadowMoved(claim.run.get(), shadow.get()));
      }
    }
  }

  /** Looks at what has waited or been silent too long. */
  void tick(Batch batch) {
    Set<JobId> running = new HashSet<>();
    jobsBySha256.values().forEach(running::addAll);
    strays.look(batch, running, job -> claimOf(job).isPresent());
    matches.expire(match -> waiting.expect(match.autocluster(), -1));
    for (Claim claim : List.copyOf(bySha256.values())) {
      if (claim.line.isPresent()) {
        Line<ClaimResponse> line = claim.line.get();
        if (line.silence().compareTo(settings.silenceLimit()) > 0) {
          line.end(Status.DEADLINE_EXCEEDED.withDescription("no sign of life"));
          broken(line);
        }
      } else if (settings.isOver(claim.brokenAt, settings.lease())) {
        abandon(batch, claim);
      }
    }
  }

  /** What became of a run that was sent to the workstation, the shadow knows. */
  private void abandon(Batch batch, Claim claim) {
    if (claim.told.isPresent() || claim.activated) {
      forget(claim);
    } else {
      leave(batch, claim, new Departure(Departure.LEASE_EXPIRED, "the claim's lease ran out"));
    }
  }
}
