package io.urubu.shadow;

import io.urubu.checkpoint.CheckpointStore;
import io.urubu.checkpoint.StoreException;
import io.urubu.classad.ClassAd;
import io.urubu.config.Config;
import io.urubu.config.Knobs;
import io.urubu.daemon.process.Daemon;
import io.urubu.daemon.process.DaemonContext;
import io.urubu.daemon.rpc.IdentitySource;
import io.urubu.identity.Identity;
import io.urubu.identity.IdentityException;
import io.urubu.identity.Role;
import io.urubu.shadow.desk.Lanes;
import io.urubu.shadow.desk.RunDesk;
import io.urubu.shadow.journal.Journal;
import io.urubu.shadow.schedlink.ScheddLink;
import io.urubu.shadow.schedlink.ScheddOutlet;
import io.urubu.shadow.serve.StarterServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the shadow together and takes it apart. */
final class ShadowDaemon implements Daemon {
  private static final Logger log = LoggerFactory.getLogger(ShadowDaemon.class);

  private static final String NAME_PREFIX = "shadow-";
  private static final int MAX_IDENTITY_BYTES = 1 << 20;
  private static final int MISSED_HEARTBEATS = 4;
  private static final Duration TICK = Duration.ofMillis(250);
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(20);

  private final DaemonContext context;
  private final Journal journal;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final RunDesk desk;
  private final StarterServer server;
  private final ScheddLink link;

  private ShadowDaemon(
      DaemonContext context, IdentitySource identity, Journal journal, CheckpointStore store)
      throws IOException {
    this.context = context;
    this.journal = journal;
    Config config = context.config();
    String user = identity.current().subject().user();
    Lanes lanes = new Lanes(threads, this::cannotGoOn);
    ScheddOutlet outlet = new ScheddOutlet();
    this.desk = new RunDesk(journal, store, outlet, lanes, context.ticker());
    desk.recover();
    this.server =
        StarterServer.start(
            new StarterServer.Place(
                config.get(Knobs.BIND_ADDRESS),
                config.get(Knobs.LOWPORT),
                config.get(Knobs.HIGHPORT)),
            identity,
            user,
            desk,
            context.ticker());
    this.link =
        new ScheddLink(
            new ScheddLink.Settings(
                config.get(Knobs.SCHEDD_ADDRESS_FILE),
                user,
                server.address(),
                config.get(Knobs.HEARTBEAT_INTERVAL),
                config.get(Knobs.JOB_DEFAULT_LEASE_DURATION)),
            new ScheddLink.Clocks(context.clock(), context.ticker(), RandomGenerator.getDefault()),
            identity,
            new ScheddLink.Desk(desk, lanes, outlet),
            ends());
  }

  /** Serves when it returns. */
  static Daemon start(DaemonContext context) throws IOException, IdentityException {
    IdentitySource identity = new IdentitySource(identity(context));
    if (!context.name().startsWith(NAME_PREFIX)) {
      throw new IllegalArgumentException(
          "--local-name of a shadow is shadow-ACCOUNT, not " + context.name());
    }
    String account = context.name().substring(NAME_PREFIX.length());
    Path folder = context.config().get(Knobs.SPOOL).resolve("shadow").resolve(account);
    Journal journal = Journal.open(folder);
    try {
      if (journal.tornBytes() > 0) {
        log.atWarn().addKeyValue("bytes", journal.tornBytes()).log("the journal had a torn tail");
      }
      ShadowDaemon daemon = new ShadowDaemon(context, identity, journal, store(folder));
      daemon.link.start();
      Thread.ofVirtual().name("tick").start(daemon::tick);
      return daemon;
    } catch (IOException | RuntimeException e) {
      journal.close();
      throw e;
    }
  }

  /** The journal's lock keeps other shadows away from it too. */
  private static CheckpointStore store(Path folder) throws IOException {
    try {
      return CheckpointStore.open(folder.resolve("checkpoints"));
    } catch (StoreException e) {
      throw new IOException(e.reason(), e);
    }
  }

  private static Identity identity(DaemonContext context) throws IOException, IdentityException {
    byte[] pem = context.stdin().readNBytes(MAX_IDENTITY_BYTES);
    Identity identity = Identity.parsePem(new String(pem, StandardCharsets.US_ASCII));
    String user = context.required("user");
    if (identity.subject().role() != Role.SHADOW || !identity.subject().user().equals(user)) {
      throw new IdentityException(
          "the identity is %s's; a shadow of %s is to be started"
              .formatted(identity.subject(), user));
    }
    return identity;
  }

  private ScheddLink.Ends ends() {
    return new ScheddLink.Ends() {
      @Override
      public void retired() {
        context.stop().run();
      }

      @Override
      public void leaseLapsed() {
        server.close();
        try {
          desk.closeAll("the schedd was not heard for the lease", CLOSE_LIMIT);
        } catch (InterruptedException _) {
          Thread.currentThread().interrupt();
        }
        context.stop().run();
      }
    };
  }

  private void cannotGoOn(RuntimeException cause) {
    log.atError().setCause(cause).log("a run cannot be dealt with");
    context.fatal().exit(cause.toString());
  }

  private void tick() {
    Duration silence =
        context.config().get(Knobs.HEARTBEAT_INTERVAL).multipliedBy(MISSED_HEARTBEATS);
    try {
      while (!closed.await(TICK.toNanos(), TimeUnit.NANOSECONDS)) {
        desk.tick();
        server.endSilent(silence);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public ClassAd status() {
    return ClassAd.builder()
        .put("Address", server.address())
        .put("Attached", link.isAttached())
        .putAll(desk.status())
        .build();
  }

  /** Runs keep their rights: the next shadow finds them in the journal. */
  @Override
  public void close() {
    closed.countDown();
    link.close();
    server.close();
    threads.shutdown();
    try {
      if (!threads.awaitTermination(CLOSE_LIMIT.toNanos(), TimeUnit.NANOSECONDS)) {
        log.atWarn().log("something that was begun does not return");
      }
      journal.close();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      log.atWarn().setCause(e).log("the journal cannot be closed");
    }
  }
}
