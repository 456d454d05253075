package io.urubu.startd;

import io.urubu.classad.ClassAd;
import io.urubu.command.presence.ProcessMark;
import io.urubu.config.Config;
import io.urubu.config.Knobs;
import io.urubu.daemon.process.DaemonContext;
import io.urubu.daemon.rpc.IdentitySource;
import io.urubu.identity.Identity;
import io.urubu.startd.account.LentAccounts;
import io.urubu.startd.account.UidRange;
import io.urubu.startd.advertise.Advertiser;
import io.urubu.startd.agent.SlotAgent;
import io.urubu.startd.agent.Surroundings;
import io.urubu.startd.machine.Machine;
import io.urubu.startd.machine.MachineAds;
import io.urubu.startd.machine.OwnerPolicy;
import io.urubu.startd.processes.ProcessTable;
import io.urubu.startd.sensors.Sensors;
import io.urubu.startd.slot.Patience;
import io.urubu.startd.slot.SlotDecider;
import io.urubu.startd.slot.SlotState;
import io.urubu.startd.starters.Lending;
import io.urubu.startd.starters.StarterLauncher;
import io.urubu.startd.starters.Starters;
import io.urubu.startd.state.SlotRecords;
import io.urubu.startd.state.StateFolder;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the parts of a startd and puts them together; nothing runs yet. */
record StartdParts(
    Machine machine,
    Readiness readiness,
    PolicyWatch watch,
    SlotBoard board,
    Starters starters,
    Advertiser advertiser,
    Duration limitForRuns,
    FileChannel executeLock,
    ExecutorService threads) {
  private static final Logger log = LoggerFactory.getLogger(StartdParts.class);

  private static final Path LEASES = Path.of("/run/urubu-accounts");
  private static final Duration START_PATIENCE = Duration.ofSeconds(90);
  private static final Duration KILL_PATIENCE = Duration.ofSeconds(5);
  private static final Duration SWEEP = Duration.ofSeconds(2);
  private static final Duration REPEAT = Duration.ofSeconds(5);

  /** Whoever stops the daemon waits no longer. */
  private static final Duration LAST_UPLOAD = Duration.ofSeconds(15);

  static StartdParts of(DaemonContext context) throws Exception {
    Config config = context.config();
    Machine machine = Machine.of(config);
    Path execute = config.get(Knobs.EXECUTE).toAbsolutePath().normalize();
    FileChannel lock = prepare(execute);
    StateFolder state =
        StateFolder.open(config.get(Knobs.STATE).resolve("startd-" + context.name()));
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    IdentitySource identity = new IdentitySource(Identity.readPem(config.get(Knobs.IDENTITY_FILE)));
    OwnerPolicy policy = OwnerPolicy.of(config, context.clock());
    MachineAds ads = new MachineAds(machine, policy, context.clock());
    SimulatedOwner owner = new SimulatedOwner(config.get(Knobs.OWNER_SIMULATOR), state);
    Sensors sensors = sensors(context, execute, owner);
    Readiness readiness = new Readiness(sensors, ads, policy);
    SlotBoard board = new SlotBoard(machine.slots());
    Starters starters =
        Starters.of(tools(context, identity, threads), execute, state, accounts(context), board);
    Advertiser advertiser = new Advertiser(advertising(context, identity, board, readiness));
    Surroundings surroundings =
        surroundings(context, state, starters, identity, advertiser, machine, ads, readiness);
    addSlots(board, surroundings, patience(config));
    return new StartdParts(
        machine,
        readiness,
        new PolicyWatch(sensors, readiness, board, owner),
        board,
        starters,
        advertiser,
        limitForRuns(patience(config)),
        lock,
        threads);
  }

  private static void addSlots(SlotBoard board, Surroundings surroundings, Patience patience)
      throws IOException {
    restore(surroundings, patience)
        .forEach((n, slot) -> board.add(new SlotAgent(n, slot, surroundings)));
  }

  private static Sensors sensors(DaemonContext context, Path execute, SimulatedOwner owner) {
    return new Sensors(
        new Sensors.Places(
            Path.of("/dev"), execute, Lending.markBelow(execute), owner.whetherActive()),
        new Sensors.Time(context.clock(), ZoneId.systemDefault(), context.ticker()));
  }

  private static Surroundings surroundings(
      DaemonContext context,
      StateFolder state,
      Starters starters,
      IdentitySource identity,
      Advertiser advertiser,
      Machine machine,
      MachineAds ads,
      Readiness readiness) {
    return new Surroundings(
        new SlotDecider(patience(context.config())),
        state,
        starters,
        claims(context, identity, advertiser),
        machine,
        ads,
        readiness,
        advertiser::changed,
        context.clock(),
        REPEAT);
  }

  private static boolean isRoot() throws IOException {
    return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
  }

  /** EXECUTE is this startd's alone: two that swept each other's folders would kill jobs. */
  private static FileChannel prepare(Path execute) throws IOException {
    Files.createDirectories(execute);
    Files.setPosixFilePermissions(execute, PosixFilePermissions.fromString("rwx--x--x"));
    FileChannel channel =
        FileChannel.open(
            execute.resolve(".startd-lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (channel.tryLock() == null) {
      channel.close();
      throw new IOException(
          "EXECUTE: " + execute + " is used by another startd: give each its own folder");
    }
    return channel;
  }

  private static Patience patience(Config config) {
    return new Patience(
        config.get(Knobs.MATCH_TIMEOUT),
        START_PATIENCE,
        config.get(Knobs.MACHINE_MAX_VACATE_TIME),
        KILL_PATIENCE,
        REPEAT,
        config.get(Knobs.CHECKPOINT_UPLOAD_TIME),
        shorter(config.get(Knobs.CHECKPOINT_UPLOAD_TIME), LAST_UPLOAD));
  }

  /** Until the last run has saved itself, was uploaded or killed, and its starter was killed. */
  private static Duration limitForRuns(Patience patience) {
    return patience
        .vacate()
        .plus(patience.lastUpload())
        .plus(patience.kill())
        .plus(patience.kill())
        .plus(SWEEP);
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private static Starters.Tools tools(
      DaemonContext context, IdentitySource identity, ExecutorService threads) {
    Config config = context.config();
    return new Starters.Tools(
        new StarterLauncher(
            new StarterLauncher.Program(
                config.get(Knobs.JAVA),
                config.get(Knobs.LIB),
                Path.of(context.required("config")),
                context.name(),
                config.get(Knobs.LOG),
                handedOn(context.environment()))),
        identity,
        config.get(Knobs.STARTER_LINGER),
        config.get(Knobs.CERTIFICATE_LIFETIME),
        context.clock(),
        context.ticker(),
        threads);
  }

  /** The starter reads the same configuration, and gets nothing else of the owner's environment. */
  private static Map<String, String> handedOn(Map<String, String> environment) {
    Map<String, String> handed = new LinkedHashMap<>();
    handed.put("PATH", "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin");
    handed.put("LANG", "C.UTF-8");
    environment.forEach(
        (name, value) -> {
          if (name.startsWith("_URUBU_") || name.startsWith("_CONDOR_") || name.equals("TZ")) {
            handed.put(name, value);
          }
        });
    return handed;
  }

  private static Optional<LentAccounts> accounts(DaemonContext context) throws IOException {
    if (!isRoot()) {
      return Optional.empty();
    }
    Config config = context.config();
    ProcessTable processes = new ProcessTable();
    return Optional.of(
        new LentAccounts(
            LEASES,
            UidRange.parse(config.get(Knobs.LENT_UIDS)),
            new LentAccounts.Lender(config.get(Knobs.RUN), context.name(), ProcessMark.own()),
            processes,
            new AccountNames(config.get(Knobs.EXECUTE))::hasName));
  }

  private static io.urubu.startd.advertise.Wiring advertising(
      DaemonContext context, IdentitySource identity, SlotBoard board, Readiness readiness) {
    Config config = context.config();
    return new io.urubu.startd.advertise.Wiring(
        identity,
        config.get(Knobs.COLLECTOR_HOST),
        config.get(Knobs.COLLECTOR_ADDRESS_FILE),
        config.get(Knobs.HEARTBEAT_INTERVAL),
        () -> ads(board, readiness),
        board::matched,
        context.ticker(),
        new SecureRandom());
  }

  private static Map<String, ClassAd> ads(SlotBoard board, Readiness readiness) {
    Map<String, ClassAd> ads = new LinkedHashMap<>();
    board.agents().forEach(agent -> ads.put(agent.name(), readiness.ad(agent.view())));
    return ads;
  }

  private static io.urubu.startd.claim.Wiring claims(
      DaemonContext context, IdentitySource identity, Advertiser advertiser) {
    return new io.urubu.startd.claim.Wiring(
        identity,
        context.config().get(Knobs.HEARTBEAT_INTERVAL),
        advertiser::locate,
        context.ticker(),
        new SecureRandom());
  }

  /** The slots as they were left, and those that are configured. */
  private static Map<Integer, SlotState> restore(Surroundings surroundings, Patience patience)
      throws IOException {
    Map<Integer, SlotState> slots = new TreeMap<>();
    for (int n = 1; n <= surroundings.machine().slots(); n++) {
      slots.put(n, new SlotState.Owner("the startd has just started"));
    }
    for (String name : surroundings.state().names()) {
      if (name.matches("slot[1-9]\\d{0,5}")) {
        int number = Integer.parseInt(name.substring("slot".length()));
        restore(surroundings, name, patience).ifPresent(state -> slots.put(number, state));
      }
    }
    return slots;
  }

  private static Optional<SlotState> restore(
      Surroundings surroundings, String name, Patience patience) throws IOException {
    return switch (surroundings.state().read(name)) {
      case StateFolder.Content.Intact(var ad) ->
          SlotRecords.fromAd(ad, surroundings.now(), patience);
      case StateFolder.Content.Damaged(var problem, var aside) -> {
        log.atWarn()
            .addKeyValue("file", aside)
            .addKeyValue("problem", problem)
            .log("a slot's record is damaged; what ran there is ended");
        yield Optional.empty();
      }
      case StateFolder.Content.Absent() -> Optional.empty();
    };
  }

  void close() {
    watch.close();
    try {
      executeLock.close();
    } catch (IOException e) {
      log.atDebug().setCause(e).log("cannot close the lock of EXECUTE");
    }
    threads.shutdown();
  }
}
