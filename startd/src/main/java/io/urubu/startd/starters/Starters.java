package io.urubu.startd.starters;

import io.urubu.daemon.rpc.IdentitySource;
import io.urubu.protocol.id.RunRef;
import io.urubu.startd.account.LentAccounts;
import io.urubu.startd.processes.ProcessTable;
import io.urubu.startd.processes.Tool;
import io.urubu.startd.slot.Endpoint;
import io.urubu.startd.slot.Why;
import io.urubu.startd.slot.Wish;
import io.urubu.startd.state.StateFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All starters of this workstation. Nothing here waits for a starter but {@link #adopt}. */
public final class Starters {
  private static final Logger log = LoggerFactory.getLogger(Starters.class);

  private final Tools tools;
  private final Lodgings lodgings;
  private final StarterNews news;
  private final Map<String, Starter> starterByUser = new HashMap<>();

  /** Guards {@code starterByUser}; never held while something is waited for. */
  private final ReentrantLock lock = new ReentrantLock();

  /**
   * What starters are made with.
   *
   * @param linger how long a starter stays when its user holds no claim
   * @param certificateLifetime of a starter's identity
   */
  public record Tools(
      StarterLauncher launcher,
      IdentitySource identity,
      Duration linger,
      Duration certificateLifetime,
      InstantSource clock,
      LongSupplier ticker,
      ExecutorService threads) {}

  private Starters(Tools tools, Lodgings lodgings, StarterNews news) {
    this.tools = tools;
    this.lodgings = lodgings;
    this.news = news;
  }

  /**
   * The starters below EXECUTE.
   *
   * @param accounts empty where all is one user
   */
  public static Starters of(
      Tools tools,
      Path execute,
      StateFolder state,
      Optional<LentAccounts> accounts,
      StarterNews news) {
    Sweeper sweeper = new Sweeper(new ProcessTable(), new Tool(tools.threads()), tools.ticker());
    return new Starters(tools, new Lodgings(execute, state, accounts, sweeper), news);
  }

  /**
   * Tries whether jobs can be boxed in here, under an account as jobs have it.
   *
   * @return what can be done for jobs here, or why nothing
   */
  public SelfTestResult selfTest() throws InterruptedException {
    return new SelfTest(tools.launcher(), lodgings, new Tool(tools.threads())).run();
  }

  /**
   * Connects to the starters that an earlier process of this startd left, ends the runs that no
   * slot holds, and sweeps what belongs to no living starter. News of the runs follows.
   *
   * @param userByRun the runs that the slots hold
   */
  public void adopt(Map<RunRef, String> userByRun) throws IOException, InterruptedException {
    List<StarterRecord> records = lodgings.known();
    lodgings.clearUnknown(records);
    for (StarterRecord record : records) {
      Set<RunRef> runs = runsOf(record.user(), userByRun);
      if (starterByUser.containsKey(record.user())) {
        lodgings.clear(record);
        continue;
      }
      Starter starter = starterOf(record.user());
      starter.adopt(record, runs);
    }
    userByRun.forEach(
        (run, user) -> {
          if (!hasStarter(user)) {
            news.left(run, "its starter is gone");
          }
        });
  }

  private static Set<RunRef> runsOf(String user, Map<RunRef, String> userByRun) {
    return Set.copyOf(
        userByRun.entrySet().stream()
            .filter(entry -> entry.getValue().equals(user))
            .map(Map.Entry::getKey)
            .toList());
  }

  public void start(RunOrder order) {
    starterOf(order.user()).start(order);
  }

  /** Makes the run stand still, ahead of whatever else the starter has to do. */
  public void suspend(String user, RunRef run, String reason) {
    existing(user)
        .ifPresentOrElse(
            starter -> starter.suspend(run, reason), () -> news.left(run, "its starter is gone"));
  }

  public void resume(String user, RunRef run) {
    existing(user).ifPresent(starter -> starter.resume(run));
  }

  public void pass(String user, RunRef run, Wish wish) {
    existing(user).ifPresent(starter -> starter.pass(run, wish));
  }

  public void end(String user, RunRef run, boolean graceful, Why why) {
    existing(user)
        .ifPresentOrElse(
            starter -> starter.end(run, graceful, why),
            () -> news.left(run, "its starter is gone"));
  }

  public void moveShadow(String user, RunRef run, Endpoint shadow) {
    existing(user).ifPresent(starter -> starter.moveShadow(run, shadow));
  }

  /** The slot has stored that nothing of the run is left. */
  public void acknowledge(String user, RunRef run) {
    existing(user).ifPresent(starter -> starter.acknowledge(run));
  }

  /** Kills the user's starter; its runs are gone after the sweep. */
  public void kill(String user, RunRef run, String reason) {
    log.atWarn()
        .addKeyValue("user", user)
        .addKeyValue("run", run)
        .addKeyValue("reason", reason)
        .log("killing a starter that does not obey");
    existing(user).ifPresentOrElse(Starter::kill, () -> news.left(run, "its starter is gone"));
  }

  /** To be called every few seconds. */
  public void tend(Set<String> usersWithClaims) {
    for (Starter starter : all()) {
      starter.tend(usersWithClaims.contains(starter.user()));
    }
  }

  /** Asks every starter to go, and sweeps; waits no longer than that. */
  public void close(Duration limit) throws InterruptedException {
    long deadline = tools.ticker().getAsLong() + limit.toNanos();
    List<Starter> all = all();
    all.forEach(Starter::quit);
    for (Starter starter : all) {
      long left = Math.max(0, deadline - tools.ticker().getAsLong());
      if (!starter.awaitIdle(Duration.ofNanos(left))) {
        log.atWarn()
            .addKeyValue("user", starter.user())
            .log("a starter is not gone; the next start sweeps it");
      }
    }
  }

  /** How many starters there are, for people. */
  public int count() {
    return (int) all().stream().filter(Starter::isThere).count();
  }

  private boolean hasStarter(String user) {
    return existing(user).isPresent();
  }

  private Starter starterOf(String user) {
    lock.lock();
    try {
      return starterByUser.computeIfAbsent(user, name -> new Starter(name, tools, lodgings, news));
    } finally {
      lock.unlock();
    }
  }

  private Optional<Starter> existing(String user) {
    lock.lock();
    try {
      return Optional.ofNullable(starterByUser.get(user));
    } finally {
      lock.unlock();
    }
  }

  private List<Starter> all() {
    lock.lock();
    try {
      return new ArrayList<>(starterByUser.values());
    } finally {
      lock.unlock();
    }
  }
}
