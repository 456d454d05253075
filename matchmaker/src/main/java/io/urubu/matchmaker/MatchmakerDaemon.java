package io.urubu.matchmaker;

import io.urubu.classad.ClassAd;
import io.urubu.command.CommandConnection;
import io.urubu.command.Frame;
import io.urubu.command.Peer;
import io.urubu.command.PoolException;
import io.urubu.config.Knobs;
import io.urubu.daemon.process.Daemon;
import io.urubu.daemon.process.DaemonContext;
import io.urubu.daemon.rpc.RpcServer;
import io.urubu.matchmaker.accountant.Accountant;
import io.urubu.matchmaker.accountant.UserPriority;
import io.urubu.matchmaker.collector.DemandBook;
import io.urubu.matchmaker.collector.MachineBook;
import io.urubu.matchmaker.negotiator.NegotiatorLoop;
import java.io.IOException;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The matchmaker as a daemon: wired by {@link MatchmakerConfiguration}, known by its address. */
final class MatchmakerDaemon implements Daemon {
  private final ConfigurableApplicationContext beans;

  private MatchmakerDaemon(ConfigurableApplicationContext beans) {
    this.beans = beans;
  }

  static Daemon start(DaemonContext context) throws IOException {
    // The daemon's log is set up already; Spring would set it up anew.
    System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
    ConfigurableApplicationContext beans =
        new SpringApplicationBuilder(MatchmakerConfiguration.class)
            .web(WebApplicationType.NONE)
            .bannerMode(Banner.Mode.OFF)
            .logStartupInfo(false)
            .registerShutdownHook(false)
            .addCommandLineProperties(false)
            .initializers(
                application ->
                    application.getBeanFactory().registerSingleton("daemonContext", context))
            .run();
    MatchmakerDaemon daemon = new MatchmakerDaemon(beans);
    try {
      context.publishAddress(
          context.config().get(Knobs.BIND_ADDRESS) + ":" + beans.getBean(RpcServer.class).port());
      return daemon;
    } catch (IOException | RuntimeException e) {
      daemon.close();
      throw e;
    }
  }

  @Override
  public ClassAd status() {
    NegotiatorLoop.Report report = beans.getBean(NegotiatorLoop.class).report();
    MachineBook machines = beans.getBean(MachineBook.class);
    DemandBook demands = beans.getBean(DemandBook.class);
    return ClassAd.builder()
        .put("Slots", machines.ads().size())
        .put("FreeSlots", machines.freeSlots().size())
        .put("Demands", demands.waiting().size())
        .put("NegotiationCycles", report.cycles())
        .put("Matches", report.matches())
        .put("LastCycleSeconds", report.lastCycle().toNanos() / 1e9)
        .put("UsageIsSaved", beans.getBean(Accountant.class).isDatabaseReachable())
        .build();
  }

  @Override
  public void serve(CommandConnection connection, Peer peer, Frame request)
      throws IOException, PoolException {
    if (!request.ad().string("Command").orElse("").equals("UserPriorities")) {
      Daemon.super.serve(connection, peer, request);
      return;
    }
    long count = 0;
    for (UserPriority user : beans.getBean(Accountant.class).priorities()) {
      connection.send(Frame.Kind.ITEM, ad(user));
      count++;
    }
    connection.send(Frame.Kind.DONE, ClassAd.builder().put("Count", count).build());
  }

  private static ClassAd ad(UserPriority user) {
    return ClassAd.builder()
        .put("Name", user.user())
        .put("Priority", user.effectivePriority())
        .put("RealPriority", user.realPriority())
        .put("WeightedAccumulatedUsage", user.slotSeconds())
        .build();
  }

  @Override
  public void close() {
    beans.close();
  }
}
