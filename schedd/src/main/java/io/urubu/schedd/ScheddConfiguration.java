package io.urubu.schedd;

import io.urubu.command.presence.RunFolder;
import io.urubu.config.Config;
import io.urubu.config.Knobs;
import io.urubu.daemon.process.DaemonContext;
import io.urubu.daemon.rpc.IdentitySource;
import io.urubu.daemon.rpc.RpcServer;
import io.urubu.identity.Identity;
import io.urubu.identity.IdentityException;
import io.urubu.schedd.claim.ClaimService;
import io.urubu.schedd.commands.CommandDesk;
import io.urubu.schedd.commands.JobCommands;
import io.urubu.schedd.commands.JobQueries;
import io.urubu.schedd.dispatch.DispatchSettings;
import io.urubu.schedd.dispatch.Dispatcher;
import io.urubu.schedd.negotiate.MatchmakerLink;
import io.urubu.schedd.queue.History;
import io.urubu.schedd.queue.Queue;
import io.urubu.schedd.queue.QueueSettings;
import io.urubu.schedd.rest.RestServer;
import io.urubu.schedd.rest.RestSettings;
import io.urubu.schedd.shadows.DirectLauncher;
import io.urubu.schedd.shadows.ShadowIdentities;
import io.urubu.schedd.shadows.ShadowLauncher;
import io.urubu.schedd.shadows.ShadowPlaces;
import io.urubu.schedd.shadows.ShadowService;
import io.urubu.schedd.shadows.ShadowStarts;
import io.urubu.schedd.shadows.SpawnerLauncher;
import io.urubu.sql.AddressedDataSource;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.quartz.SchedulerException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the schedd. */
@Configuration(proxyBeanMethods = false)
class ScheddConfiguration {
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(10);
  private static final Duration TICK = Duration.ofSeconds(1);
  private static final Duration UPKEEP = Duration.ofHours(6);

  @Bean
  Config config(DaemonContext context) {
    return context.config();
  }

  @Bean
  SecureRandom random() {
    return new SecureRandom();
  }

  @Bean
  IdentitySource identity(Config config) throws IOException, IdentityException {
    return new IdentitySource(Identity.readPem(config.get(Knobs.IDENTITY_FILE)));
  }

  @Bean
  DataSource database(Config config) {
    return new AddressedDataSource(
        config.get(Knobs.DATABASE_ADDRESS_FILE),
        config.get(Knobs.DATABASE_NAME),
        config.get(Knobs.DATABASE_USER),
        config.get(Knobs.DATABASE_PASSWORD_FILE));
  }

  /** Where the schedd is reached; known when its server runs. */
  @Bean
  AtomicReference<String> address() {
    return new AtomicReference<>("");
  }

  @Bean
  Queue queue(
      DaemonContext context,
      IdentitySource identity,
      DataSource database,
      AtomicReference<String> address)
      throws SQLException {
    Config config = context.config();
    return Queue.open(
        new QueueSettings(
            identity.current().subject().name(),
            config.get(Knobs.UID_DOMAIN),
            address::get,
            ZoneId.systemDefault(),
            config.get(Knobs.MAX_JOBS_PER_SUBMISSION),
            config.get(Knobs.MAX_JOBS_PER_OWNER),
            ANSWER_LIMIT),
        database,
        context.clock(),
        context.fatal());
  }

  @Bean
  History history(DataSource database, IdentitySource identity) {
    return new History(database, identity.current().subject().name());
  }

  @Bean(destroyMethod = "shutdown")
  ExecutorService executor() {
    return Executors.newVirtualThreadPerTaskExecutor();
  }

  @Bean
  ShadowPlaces shadowPlaces(DaemonContext context) {
    Config config = context.config();
    return new ShadowPlaces(
        Path.of(context.required("config")),
        config.get(Knobs.JAVA),
        config.get(Knobs.LIB),
        config.get(Knobs.SPOOL),
        config.get(Knobs.RUN),
        config.get(Knobs.LOG));
  }

  @Bean
  ShadowIdentities shadowIdentities(
      IdentitySource identity, DaemonContext context, SecureRandom random) {
    return new ShadowIdentities(
        identity, context.config().get(Knobs.CERTIFICATE_LIFETIME), context.clock(), random);
  }

  @Bean
  ShadowLauncher shadowLauncher(Config config, ShadowPlaces places) {
    return config.get(Knobs.USE_SPAWNER)
        ? new SpawnerLauncher(RunFolder.of(config.get(Knobs.RUN), "spawner").socket())
        : new DirectLauncher(places, ownAccount());
  }

  private static String ownAccount() {
    return System.getProperty("user.name");
  }

  @Bean
  Dispatcher dispatcher(
      DaemonContext context,
      Queue queue,
      History history,
      ShadowStarts starts,
      ExecutorService executor,
      ObjectProvider<MatchmakerLink> matchmaker,
      SecureRandom random,
      IdentitySource identity) {
    Config config = context.config();
    return new Dispatcher(
        new DispatchSettings(
            identity.current().subject().name(),
            config.get(Knobs.JOB_DEFAULT_LEASE_DURATION),
            config.get(Knobs.HEARTBEAT_INTERVAL),
            config.get(Knobs.TICKET_PATIENCE),
            config.get(Knobs.MATCH_TIMEOUT),
            config.get(Knobs.SHADOW_LINGER),
            context.ticker(),
            random),
        config.get(Knobs.UID_DOMAIN),
        queue,
        context.clock(),
        new Dispatcher.Outside(
            history, starts, executor, changes -> matchmaker.getObject().tell(changes)));
  }

  @Bean
  ShadowStarts shadowStarts(
      ShadowPlaces places, ShadowLauncher launcher, ShadowIdentities identities) {
    return new ShadowStarts(places, launcher, identities);
  }

  @Bean
  ScheddServer server(
      DaemonContext context,
      IdentitySource identity,
      Dispatcher dispatcher,
      ShadowIdentities identities,
      AtomicReference<String> address)
      throws IOException {
    Config config = context.config();
    String host = config.get(Knobs.BIND_ADDRESS);
    return new ScheddServer(
        RpcServer.start(
            host,
            config.get(Knobs.SCHEDD_PORT),
            identity,
            List.of(
                new ClaimService(dispatcher::claim, context.ticker()),
                new ShadowService(dispatcher::shadow, identities, context.ticker()))),
        host,
        address);
  }

  @Bean
  MatchmakerLink matchmaker(
      DaemonContext context, IdentitySource identity, ScheddServer server, Dispatcher dispatcher) {
    Config config = context.config();
    return new MatchmakerLink(
        new MatchmakerLink.Settings(
            matchmakerAddress(config),
            identity.current().subject().name(),
            server.address(),
            identity,
            config.get(Knobs.HEARTBEAT_INTERVAL),
            context.ticker()),
        dispatcher::match);
  }

  private static Supplier<Optional<String>> matchmakerAddress(Config config) {
    String host = config.get(Knobs.COLLECTOR_HOST);
    return host.isEmpty()
        ? new AddressFile(config.get(Knobs.COLLECTOR_ADDRESS_FILE))
        : () -> Optional.of(host);
  }

  @Bean
  JobCommands jobCommands(Config config, Queue queue) {
    return new JobCommands(
        queue,
        new SubmitRight(
            config.get(Knobs.ALLOW_SUBMIT), config.get(Knobs.USE_SPAWNER), ownAccount()));
  }

  @Bean
  JobQueries jobQueries(Queue queue, History history) {
    return new JobQueries(queue.view(), history);
  }

  @Bean
  CommandDesk commandDesk(
      Config config, JobCommands commands, JobQueries queries, MatchmakerLink matchmaker) {
    return new CommandDesk(
        commands, queries, matchmaker::machines, config.get(Knobs.ALLOW_ADMINISTRATOR));
  }

  @Bean
  RestServer restServer(
      DaemonContext context,
      IdentitySource identity,
      JobQueries queries,
      MatchmakerLink matchmaker,
      SecureRandom random)
      throws IOException {
    Config config = context.config();
    return RestServer.start(
        new RestSettings(
            config.get(Knobs.HTTP_PORT),
            identity.current().subject().name(),
            config.get(Knobs.STATE).resolve("token.key"),
            context.runFolder().resolve("http"),
            context.clock(),
            random),
        new RestViews(queries, matchmaker::machines).sources());
  }

  /** Last of all, when everybody who is told something is there. */
  @Bean
  Schedule schedule(
      DaemonContext context,
      Queue queue,
      Dispatcher dispatcher,
      MatchmakerLink matchmaker,
      History history)
      throws SchedulerException {
    queue.start(dispatcher);
    matchmaker.start();
    Upkeep upkeep = new Upkeep(history, context.clock());
    Schedule schedule = Schedule.start();
    schedule.every(TICK, "tick", dispatcher::tick);
    schedule.every(UPKEEP, "upkeep", upkeep::run);
    return schedule;
  }
}
