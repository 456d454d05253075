package io.urubu.matchmaker;

import io.urubu.config.Config;
import io.urubu.config.Knobs;
import io.urubu.daemon.process.DaemonContext;
import io.urubu.daemon.rpc.IdentitySource;
import io.urubu.daemon.rpc.RpcServer;
import io.urubu.identity.Identity;
import io.urubu.identity.IdentityException;
import io.urubu.matchmaker.accountant.Accountant;
import io.urubu.matchmaker.advertise.AdvertiseService;
import io.urubu.matchmaker.collector.DemandBook;
import io.urubu.matchmaker.collector.Limits;
import io.urubu.matchmaker.collector.MachineBook;
import io.urubu.matchmaker.collector.Times;
import io.urubu.matchmaker.negotiate.NegotiateService;
import io.urubu.matchmaker.negotiator.Negotiator;
import io.urubu.matchmaker.negotiator.NegotiatorLoop;
import io.urubu.matchmaker.stream.Lobby;
import io.urubu.sql.AddressedDataSource;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import org.quartz.SchedulerException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How the matchmaker is put together. */
@Configuration(proxyBeanMethods = false)
class MatchmakerConfiguration {
  private static final int MISSED_HEARTBEATS = 4;
  private static final Duration SWEEP = Duration.ofSeconds(1);
  private static final Duration USAGE_FLUSH = Duration.ofSeconds(10);

  private final DaemonContext context;
  private final Config config;

  MatchmakerConfiguration(DaemonContext context) {
    this.context = context;
    this.config = context.config();
  }

  @Bean
  Times times() {
    return new Times(
        context.clock(),
        context.ticker(),
        config.get(Knobs.HEARTBEAT_INTERVAL).multipliedBy(MISSED_HEARTBEATS),
        config.get(Knobs.AD_GRACE),
        config.get(Knobs.MATCH_TIMEOUT));
  }

  @Bean
  MachineBook machineBook(Times times) {
    return new MachineBook(Limits.standard(), times);
  }

  @Bean
  DemandBook demandBook(Times times) {
    return new DemandBook(Limits.standard(), times);
  }

  @Bean
  Lobby lobby(Times times) {
    return new Lobby(times.silence(), times.ticker());
  }

  /** Saves the last of the usage when it goes. */
  @Bean(destroyMethod = "flush")
  Accountant accountant() {
    AddressedDataSource database =
        new AddressedDataSource(
            config.get(Knobs.DATABASE_ADDRESS_FILE),
            config.get(Knobs.DATABASE_NAME),
            config.get(Knobs.DATABASE_USER),
            config.get(Knobs.DATABASE_PASSWORD_FILE));
    return new Accountant(
        database, config.get(Knobs.PRIORITY_HALFLIFE), context.clock(), context.ticker());
  }

  @Bean(initMethod = "start")
  NegotiatorLoop negotiatorLoop(MachineBook machines, DemandBook demands, Accountant accountant) {
    Negotiator negotiator =
        new Negotiator(machines, demands, accountant::effectivePriority, new SecureRandom());
    return new NegotiatorLoop(
        negotiator,
        machines,
        config.get(Knobs.NEGOTIATOR_DELAY),
        context.ticker(),
        bug -> context.fatal().exit("the negotiator failed: " + bug));
  }

  @Bean
  RpcServer rpcServer(
      MachineBook machines, DemandBook demands, Lobby lobby, NegotiatorLoop negotiator)
      throws IOException, IdentityException {
    IdentitySource identity = new IdentitySource(Identity.readPem(config.get(Knobs.IDENTITY_FILE)));
    return RpcServer.start(
        config.get(Knobs.BIND_ADDRESS),
        config.get(Knobs.COLLECTOR_PORT),
        identity,
        List.of(
            new AdvertiseService(machines, demands, lobby, negotiator::changed),
            new NegotiateService(machines, demands, lobby, negotiator::changed)));
  }

  @Bean
  Schedule schedule(
      MachineBook machines,
      DemandBook demands,
      Lobby lobby,
      Accountant accountant,
      NegotiatorLoop negotiator)
      throws SchedulerException {
    Schedule schedule = Schedule.start();
    schedule.every(
        SWEEP,
        "sweep",
        () -> {
          lobby.sweep();
          machines.sweep();
          demands.sweep();
          accountant.count(machines.slotsByUser());
        });
    schedule.every(USAGE_FLUSH, "usage", accountant::flush);
    schedule.every(config.get(Knobs.NEGOTIATOR_INTERVAL), "negotiate", negotiator::changed);
    return schedule;
  }
}
