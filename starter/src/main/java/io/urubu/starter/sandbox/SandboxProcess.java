package io.urubu.starter.sandbox;

import io.urubu.command.presence.ProcessMark;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One sandbox with everything in it. Any thread may freeze, thaw, terminate and kill; one thread
 * awaits the end.
 */
public final class SandboxProcess {
  private static final Logger log = LoggerFactory.getLogger(SandboxProcess.class);

  /** {@code dmtcp_coordinator} as the kernel cuts it, or with its port as it calls itself. */
  private static final String COORDINATOR = "dmtcp_coor";

  private static final int MOST_SCANS = 200;

  /** So long a process that was told to stop may still run, on a machine that is busy. */
  private static final int BIRTH_SCANS = 60;

  private static final Duration BIRTH_LIMIT = Duration.ofSeconds(60);
  private static final Duration DEATH_LIMIT = Duration.ofSeconds(20);
  private static final int LONGEST_COMPLAINT = 2000;
  private static final int SIGNAL_OFFSET = 128;
  private static final long PAGE_BYTES = 4096;
  private static final long TICK_MILLIS = 10;

  private final Process bubblewrap;
  private final ProcessMark first;
  private final ProcessMark reporter;
  private final Report report;
  private final Signals signals;
  private final Namespaces namespaces;

  /** Set by {@link #kill}: the end that follows was wanted. */
  private volatile boolean isKilled;

  private volatile boolean isFrozen;
  private volatile boolean isRestored;
  private volatile boolean isAbandoned;
  private volatile boolean isDamaged;
  private volatile Usage most = Usage.NOTHING;

  private SandboxProcess(
      Process bubblewrap, ProcessMark first, ProcessMark reporter, Report report, Kernel kernel) {
    this.bubblewrap = bubblewrap;
    this.first = first;
    this.reporter = reporter;
    this.report = report;
    this.signals = kernel.signals();
    this.namespaces = kernel.namespaces();
  }

  /** What sandboxes ask of the kernel. */
  record Kernel(Signals signals, Namespaces namespaces) {}

  /**
   * Waits until the sandbox stands, and lets the program start.
   *
   * @throws SandboxException when it does not come up
   */
  static SandboxProcess begin(Process bubblewrap, Kernel kernel)
      throws IOException, SandboxException {
    Report report = new Report(bubblewrap.getInputStream());
    awaitReady(bubblewrap, report);
    ProcessTable table = ProcessTable.read();
    List<HostProcess> firsts = table.children(bubblewrap.pid());
    if (firsts.size() != 1 || table.children(firsts.getFirst().mark().pid()).size() != 1) {
      bubblewrap.toHandle().destroyForcibly();
      throw new SandboxException("bubblewrap's processes are not as they should be: it was hit");
    }
    ProcessMark first = firsts.getFirst().mark();
    ProcessMark reporter = table.children(first.pid()).getFirst().mark();
    try (OutputStream go = bubblewrap.getOutputStream()) {
      go.write('\n');
    }
    return new SandboxProcess(bubblewrap, first, reporter, report, kernel);
  }

  /** A folder to be shown may lie on a server that does not answer. */
  private static void awaitReady(Process bubblewrap, Report report)
      throws IOException, SandboxException {
    AtomicBoolean isReady = new AtomicBoolean();
    CompletableFuture.delayedExecutor(BIRTH_LIMIT.toSeconds(), TimeUnit.SECONDS)
        .execute(
            () -> {
              if (!isReady.get()) {
                bubblewrap.toHandle().destroyForcibly();
              }
            });
    isReady.set(report.awaitLine("ready"));
    if (!isReady.get()) {
      throw new SandboxException(complaint(bubblewrap));
    }
  }

  private static String complaint(Process bubblewrap) throws IOException {
    byte[] text = bubblewrap.getErrorStream().readNBytes(LONGEST_COMPLAINT);
    bubblewrap.toHandle().destroyForcibly();
    String said = new String(text, StandardCharsets.UTF_8).strip();
    return said.isEmpty()
        ? "bubblewrap ended without a word, or did not come up within a minute"
        : said;
  }

  /**
   * Waits for the program's end; nothing of the sandbox is left on return.
   *
   * @param starting called when the program is about to start
   */
  public ProgramEnd await(Runnable starting) throws InterruptedException {
    try {
      Report.Ending ending = report.finish(starting);
      most = most.max(new Usage(ending.user(), ending.system(), 0, 0, 0));
      isRestored = ending.isRestored();
      isAbandoned = ending.isAbandoned();
      isDamaged = ending.isDamaged();
      signals.send(first, Signal.KILL);
      awaitDeath();
      return ending.end().orElseGet(this::unreported);
    } catch (IOException e) {
      kill();
      awaitDeath();
      return new ProgramEnd.Broken("the sandbox's report cannot be used: " + e.getMessage());
    }
  }

  private ProgramEnd unreported() {
    int status = bubblewrap.exitValue() - SIGNAL_OFFSET;
    // The program may kill all processes that it sees, the reporter among them.
    return !isKilled && status > 0
        ? new ProgramEnd.Signalled(status)
        : new ProgramEnd.Broken("the sandbox was destroyed from outside");
  }

  /** As long as it takes: before the last process is gone, nobody may be told that they all are. */
  private void awaitDeath() throws InterruptedException {
    // The first process of a namespace ends only after all others have.
    while (!signals.awaitEnd(first, DEATH_LIMIT)
        || !bubblewrap.waitFor(DEATH_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
      log.atError().addKeyValue("pid", first.pid()).log("a killed sandbox does not die");
      kill();
    }
  }

  /**
   * Stops every process, also those that fork or leave their session meanwhile, or wake each other.
   *
   * @return how many stand still
   */
  public int freeze() throws IOException {
    isFrozen = true;
    int still = 0;
    for (int scan = 0; scan < MOST_SCANS; scan++) {
      List<HostProcess> members = busiestFirst(members(ProcessTable.read()));
      boolean isStill = true;
      for (HostProcess process : members) {
        if (process.isStopped()) {
          continue;
        }
        // The first time none has been told.
        if (scan == 0 || !process.isStopping()) {
          isStill = false;
          signals.send(process.mark(), Signal.STOP);
        } else if (scan < BIRTH_SCANS && process.isRunning()) {
          isStill = false; // what it gives birth to was not told
        }
      }
      // Twice: one that was about to wake another when it was looked at has stopped by now.
      still = isStill ? still + 1 : 0;
      if (still == 2) {
        return (int) members.stream().filter(process -> !isOwn(process)).count();
      }
    }
    throw new IOException("processes of the sandbox appear faster than they can be stopped");
  }

  /** Those that fork as fast as they can leave nobody else much of the machine until they stop. */
  private static List<HostProcess> busiestFirst(List<HostProcess> processes) {
    return processes.stream()
        .sorted(
            Comparator.comparingLong(
                    (HostProcess process) -> process.cpuUserTicks() + process.cpuSystemTicks())
                .reversed())
        .toList();
  }

  /** True from an order to stop until the one to go on. */
  public boolean isFrozen() {
    return isFrozen;
  }

  public void thaw() throws IOException {
    isFrozen = false;
    for (HostProcess process : members(ProcessTable.read())) {
      signals.send(process.mark(), Signal.CONT);
    }
  }

  public void terminate() throws IOException {
    terminate(Signal.TERM.number());
  }

  /**
   * Asks every process of the job to end; stopped ones go on to do so.
   *
   * @param signal its number
   */
  public void terminate(int signal) throws IOException {
    for (HostProcess process : members(ProcessTable.read())) {
      if (!isOwn(process) && !isCoordinator(process)) {
        signals.send(process.mark(), signal);
      }
    }
    thaw();
  }

  /** Sends a signal to the program's first process alone; false when it has ended. */
  public boolean signalProgram(int signal) throws IOException {
    return program(ProcessTable.read())
        .filter(process -> signals.send(process.mark(), signal))
        .isPresent();
  }

  /** Of the reporter's children the eldest but the coordinator; the others are its small tools. */
  private Optional<HostProcess> program(ProcessTable table) {
    return table.children(reporter.pid()).stream()
        .filter(process -> !process.isDead() && !isCoordinator(process))
        .min(
            Comparator.comparingLong((HostProcess process) -> process.mark().startTicks())
                .thenComparingLong(process -> process.mark().pid()));
  }

  /** The job's processes that live. */
  public List<JobProcess> job() throws IOException {
    ProcessTable table = ProcessTable.read();
    Optional<HostProcess> program = program(table);
    List<JobProcess> job = new ArrayList<>();
    for (HostProcess process : members(table)) {
      boolean isReporters = process.parent() == reporter.pid();
      if (!isOwn(process) && (!isReporters || program.filter(process::equals).isPresent())) {
        ProcessStatus.read(process, first).ifPresent(job::add);
      }
    }
    return job;
  }

  /**
   * Starts a command of this host in the sandbox's network, outside of everything else of it.
   *
   * @throws IOException when the sandbox is gone
   */
  public Entered enter(List<String> command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder();
    builder.environment().clear();
    builder.environment().putAll(Sandbox.ENVIRONMENT);
    Namespaces.Started started = namespaces.start(reporter, command, builder);
    return new Entered(started.process(), started.release());
  }

  /** A program that was brought back had been what it was before it ended. Known after the end. */
  public boolean isRestored() {
    return isRestored;
  }

  /** The coordinator of the library that saves the program was ended before it. Known after it. */
  public boolean isAbandoned() {
    return isAbandoned;
  }

  /** The library that saves the program has ended a process of it. Known after the end. */
  public boolean isDamaged() {
    return isDamaged;
  }

  /** Ends everything at once. */
  public void kill() {
    isKilled = true;
    // By its handle: destroying a Process would close the report before it is read.
    signals.send(first, Signal.KILL);
    bubblewrap.toHandle().destroyForcibly();
  }

  /** What was used at most, up to now. */
  public Usage usage() throws IOException {
    long user = 0;
    long system = 0;
    long resident = 0;
    long virtual = 0;
    List<HostProcess> all = ProcessTable.read().descendants(bubblewrap.pid());
    for (HostProcess process : all) {
      user += process.cpuUserTicks();
      system += process.cpuSystemTicks();
      if (!isOwn(process)) {
        resident += process.residentPages();
        virtual += process.virtualBytes();
      }
    }
    Usage now =
        new Usage(
            Duration.ofMillis(user * TICK_MILLIS),
            Duration.ofMillis(system * TICK_MILLIS),
            resident * PAGE_BYTES,
            virtual,
            Math.max(0, all.size() - 2));
    most = most.max(now);
    return most;
  }

  /** The last {@link #usage}, and after the end all CPU time. */
  public Usage lastUsage() {
    return most;
  }

  /** Of the library that saves the job: the reporter has started it beside the program. */
  private boolean isCoordinator(HostProcess process) {
    return process.parent() == reporter.pid()
        && ProcessStatus.read(process, first)
            .filter(status -> status.name().startsWith(COORDINATOR))
            .isPresent();
  }

  private boolean isOwn(HostProcess process) {
    return process.mark().equals(first) || process.mark().equals(reporter);
  }

  private List<HostProcess> members(ProcessTable table) {
    return table.descendants(first.pid()).stream().filter(process -> !process.isDead()).toList();
  }
}
