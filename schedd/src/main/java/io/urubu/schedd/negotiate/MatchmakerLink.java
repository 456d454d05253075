package io.urubu.schedd.negotiate;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.urubu.classad.ClassAd;
import io.urubu.classad.ClassAdSyntaxException;
import io.urubu.command.PoolError;
import io.urubu.command.PoolException;
import io.urubu.daemon.rpc.IdentitySource;
import io.urubu.daemon.rpc.PeerCheck;
import io.urubu.daemon.rpc.RpcChannels;
import io.urubu.identity.Role;
import io.urubu.protocol.AdCodec;
import io.urubu.protocol.negotiate.v1.ListMachinesRequest;
import io.urubu.protocol.negotiate.v1.ListMachinesResponse;
import io.urubu.protocol.negotiate.v1.NegotiateServiceGrpc;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a stream to the matchmaker, and on it what waits. Dials again whenever it breaks; the whole
 * demand is told anew then.
 */
public final class MatchmakerLink implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(MatchmakerLink.class);
  private static final Duration FIRST_WAIT = Duration.ofMillis(100);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);
  private static final Duration LIST_LIMIT = Duration.ofSeconds(20);

  /**
   * How the matchmaker is found and spoken to.
   *
   * @param address {@code host:port}, looked up for each dial; empty while it is not known
   * @param schedd this schedd's name
   * @param claimAddress where startds reach it
   */
  public record Settings(
      Supplier<Optional<String>> address,
      String schedd,
      String claimAddress,
      IdentitySource identity,
      Duration heartbeat,
      LongSupplier ticker) {}

  private final Settings settings;
  private final Consumer<MatchNews> news;
  private final CountDownLatch stopping = new CountDownLatch(1);
  // What the matchmaker is to know: the newest demand of each autocluster with waiting jobs.
  private final Map<Long, Demand> demand = new ConcurrentHashMap<>();
  // Keeps the order in which the matchmaker learns of changes.
  private final ReentrantLock telling = new ReentrantLock();
  private final Thread thread;
  private volatile Optional<MatchmakerStream> stream = Optional.empty();

  public MatchmakerLink(Settings settings, Consumer<MatchNews> news) {
    this.settings = settings;
    this.news = news;
    this.thread = Thread.ofVirtual().name("matchmaker-link").unstarted(this::keep);
  }

  public void start() {
    thread.start();
  }

  /** True while the matchmaker can be heard. */
  public boolean isUp() {
    return stream.isPresent();
  }

  /** Tells what changed, now or as soon as the matchmaker is there. */
  public void tell(List<Demand> changes) {
    telling.lock();
    try {
      for (Demand change : changes) {
        if (change.idle() == 0) {
          demand.remove(change.autocluster());
        } else {
          demand.put(change.autocluster(), change);
        }
      }
      stream.ifPresent(open -> changes.forEach(open::demand));
    } finally {
      telling.unlock();
    }
  }

  private void keep() {
    Duration wait = FIRST_WAIT;
    while (stopping.getCount() > 0) {
      boolean greeted = settings.address().get().map(this::serve).orElse(false);
      wait = greeted ? FIRST_WAIT : min(wait.multipliedBy(2), LONGEST_WAIT);
      pause(wait);
    }
  }

  private static Duration min(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }

  private void pause(Duration about) {
    try {
      long millis = about.toMillis();
      stopping.await(
          millis / 2 + ThreadLocalRandom.current().nextLong(millis / 2 + 1), TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      stopping.countDown();
    }
  }

  /** One connection, from dial to end; true when the matchmaker had answered the greeting. */
  private boolean serve(String address) {
    ManagedChannel channel;
    try {
      channel = RpcChannels.dial(address, settings.identity(), PeerCheck.role(Role.MATCHMAKER));
    } catch (IllegalArgumentException e) {
      log.atWarn().addKeyValue("address", address).log("no address of a matchmaker");
      return false;
    }
    MatchmakerStream open = new MatchmakerStream(settings, news, () -> up(address));
    try {
      open.open(channel);
      begin(open);
      open.keep(stopping);
      return open.wasGreeted();
    } finally {
      stream = Optional.empty();
      channel.shutdownNow();
      log.atDebug().addKeyValue("address", address).log("matchmaker stream ended");
    }
  }

  private void begin(MatchmakerStream open) {
    telling.lock();
    try {
      stream = Optional.of(open);
      demand.values().forEach(open::demand);
    } finally {
      telling.unlock();
    }
  }

  private void up(String address) {
    log.atInfo().addKeyValue("address", address).log("matchmaker found");
  }

  /** The machine ads that the matchmaker holds now. */
  public void machines(String constraint, Consumer<ClassAd> reader) throws PoolException {
    String address =
        settings.address().get().orElseThrow(() -> unavailable("its address is not known"));
    ManagedChannel channel =
        RpcChannels.dial(address, settings.identity(), PeerCheck.role(Role.MATCHMAKER));
    try {
      Iterator<ListMachinesResponse> answers =
          NegotiateServiceGrpc.newBlockingStub(channel)
              .withDeadlineAfter(LIST_LIMIT.toSeconds(), TimeUnit.SECONDS)
              .listMachines(ListMachinesRequest.newBuilder().setConstraint(constraint).build());
      while (answers.hasNext()) {
        reader.accept(AdCodec.fromProto(answers.next().getAd()));
      }
    } catch (StatusRuntimeException e) {
      if (e.getStatus().getCode() == Status.Code.INVALID_ARGUMENT) {
        throw new PoolException(
            PoolError.EXPRESSION_INVALID, String.valueOf(e.getStatus().getDescription()), e);
      }
      throw unavailable(e.getStatus().toString());
    } catch (ClassAdSyntaxException e) {
      throw unavailable("it sent no ad: " + e.getMessage());
    } finally {
      channel.shutdownNow();
    }
  }

  private static PoolException unavailable(String problem) {
    return new PoolException(
        PoolError.MATCHMAKER_UNAVAILABLE,
        "the matchmaker does not answer (" + problem + "): try again when it runs");
  }

  @Override
  public void close() {
    stopping.countDown();
    stream.ifPresent(MatchmakerStream::cancel);
    try {
      thread.join(Duration.ofSeconds(5));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
