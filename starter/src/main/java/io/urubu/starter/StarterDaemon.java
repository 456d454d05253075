package io.urubu.starter;

import io.urubu.classad.ClassAd;
import io.urubu.config.Config;
import io.urubu.config.Knobs;
import io.urubu.daemon.process.Daemon;
import io.urubu.daemon.process.DaemonContext;
import io.urubu.daemon.rpc.IdentitySource;
import io.urubu.identity.Identity;
import io.urubu.identity.IdentityException;
import io.urubu.starter.checkpoint.Abilities;
import io.urubu.starter.checkpoint.Checkpointers;
import io.urubu.starter.imagefolder.Images;
import io.urubu.starter.local.StartdOrders;
import io.urubu.starter.local.StarterSocket;
import io.urubu.starter.run.RunPlace;
import io.urubu.starter.run.Runs;
import io.urubu.starter.sandbox.Account;
import io.urubu.starter.sandbox.Sandbox;
import io.urubu.starter.sandbox.SelfTest;
import io.urubu.starter.scratch.RunFolders;
import io.urubu.starter.shadowlink.LinkTiming;
import io.urubu.starter.shadowlink.ShadowChannels;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The starter's parts, put together. */
final class StarterDaemon implements Daemon {
  private static final Logger log = LoggerFactory.getLogger(StarterDaemon.class);
  private static final int LONGEST_IDENTITY = 1 << 20;
  private static final long WATCH_SECONDS = 1;
  private static final long LONGEST_END_SECONDS = 30;

  private final Config config;
  private final Sandbox sandbox;
  private final ShadowChannels channels;
  private final StarterSocket socket;
  private final Runs runs;
  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("watch").factory());

  private StarterDaemon(
      Config config, Sandbox sandbox, ShadowChannels channels, StarterSocket socket, Runs runs) {
    this.config = config;
    this.sandbox = sandbox;
    this.channels = channels;
    this.socket = socket;
    this.runs = runs;
  }

  static Daemon start(DaemonContext context)
      throws IOException, IdentityException, InterruptedException {
    Config config = context.config();
    Path folder = Path.of(context.required("folder"));
    String user = context.required("user");
    IdentitySource identity = new IdentitySource(identity(context.stdin()));
    Account account = Accounts.own(user, folder);
    Sandbox sandbox = Sandbox.open(Policies.of(config), account);
    Images images = Images.inherited(folder, context::option);
    Optional<String> unusable = unusable(sandbox, folder);
    ShadowChannels channels = new ShadowChannels(identity, user);
    StarterSocket socket = new StarterSocket(folder);
    RunPlace place =
        new RunPlace(
            folder,
            account.name(),
            sandbox,
            unusable,
            new Checkpointers(abilities(images), context.clock(), context.ticker()),
            images,
            channels,
            new LinkTiming(
                config.get(Knobs.HEARTBEAT_INTERVAL), context.ticker(), new SplittableRandom()),
            config.get(Knobs.JOB_DEFAULT_LEASE_DURATION),
            config.get(Knobs.MACHINE_MAX_VACATE_TIME),
            config.get(Knobs.CHECKPOINT_TIMEOUT));
    StarterDaemon daemon =
        new StarterDaemon(config, sandbox, channels, socket, new Runs(place, socket));
    daemon.serve(context, identity);
    return daemon;
  }

  private static Identity identity(InputStream stdin) throws IOException, IdentityException {
    byte[] pem = stdin.readNBytes(LONGEST_IDENTITY);
    return Identity.parsePem(new String(pem, StandardCharsets.US_ASCII));
  }

  /** The startd has tried them before it lent this machine: here a look has to do. */
  private static Abilities abilities(Images images) throws InterruptedException {
    Abilities abilities =
        Abilities.look(
            switch (images) {
              case Images.Served _ -> Optional.empty();
              case Images.Missing(var reason) -> Optional.of(reason);
            });
    log.atInfo().addKeyValue("abilities", abilities.toAd()).log("jobs can be saved");
    return abilities;
  }

  private static Optional<String> unusable(Sandbox sandbox, Path folder)
      throws IOException, InterruptedException {
    RunFolders.sweep(folder);
    Path trial = Files.createDirectories(folder.resolve("dir_self-test"));
    try {
      Optional<String> reason = new SelfTest(sandbox).run(trial);
      reason.ifPresent(
          why -> log.atWarn().addKeyValue("reason", why).log("no job can run on this machine"));
      return reason;
    } finally {
      RunFolders.sweep(folder);
    }
  }

  private void serve(DaemonContext context, IdentitySource identity) throws IOException {
    socket.listen(new StartdOrders(runs, identity, channels::reconnect, context.stop()));
    Linger linger = new Linger(config.get(Knobs.STARTER_LINGER), context.ticker().getAsLong());
    Renewal renewal = new Renewal(identity, context.clock(), socket::tell);
    var _ =
        watch.scheduleWithFixedDelay(
            () -> look(context, linger, renewal), WATCH_SECONDS, WATCH_SECONDS, TimeUnit.SECONDS);
  }

  private void look(DaemonContext context, Linger linger, Renewal renewal) {
    boolean isNeeded = socket.hasStartd() || !runs.isEmpty();
    if (linger.isOver(isNeeded, context.ticker().getAsLong())) {
      log.atInfo().addKeyValue("starter", context.name()).log("nobody needs this starter");
      context.stop().run();
    }
    renewal.askWhenDue();
  }

  @Override
  public ClassAd status() {
    return ClassAd.builder().put("Runs", runs.status().size()).build();
  }

  @Override
  public void close() {
    watch.shutdownNow();
    try {
      long patience =
          Math.min(config.get(Knobs.MACHINE_MAX_VACATE_TIME).toSeconds() + 1, LONGEST_END_SECONDS);
      if (!runs.endAll("the starter is stopped", TimeUnit.SECONDS.toNanos(patience))) {
        log.atWarn().log("runs are left to the system that ends with this process");
      }
      socket.close();
    } catch (IOException e) {
      log.atWarn().setCause(e).log("cannot remove the socket");
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    channels.close();
    sandbox.close();
  }
}
