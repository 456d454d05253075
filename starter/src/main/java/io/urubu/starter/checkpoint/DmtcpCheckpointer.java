package io.urubu.starter.checkpoint;

import io.urubu.starter.imagefolder.ImageFolder;
import io.urubu.starter.sandbox.CheckpointPlaces;
import io.urubu.starter.sandbox.Entered;
import io.urubu.starter.sandbox.JobProcess;
import io.urubu.starter.sandbox.Places;
import io.urubu.starter.sandbox.Program;
import io.urubu.starter.sandbox.ProgramEnd;
import io.urubu.starter.sandbox.SandboxProcess;
import io.urubu.starter.sandbox.Start;
import io.urubu.starter.scratch.RunFolders;
import io.urubu.starter.scratch.ScratchArchive;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Saves any dynamically linked program with all its processes, by DMTCP. */
final class DmtcpCheckpointer implements Checkpointer {
  private static final Logger log = LoggerFactory.getLogger(DmtcpCheckpointer.class);

  /** With which DMTCP ends a process that it cannot go on with; a job can end with it, too. */
  private static final int FAILED = 99;

  private static final Duration STEP = Duration.ofMillis(10);

  /** In which a process that was born too early is refused. */
  private static final Duration BIRTH = Duration.ofMillis(100);

  private final RunFolders folders;
  private final ScratchArchive archive;
  private final Generations generations;
  private final DmtcpLog dmtcp;
  private final ImageFolder images;
  private final String platform;
  private final Times times;
  private final CutMoment moment;

  private final CountDownLatch end = new CountDownLatch(1);

  private volatile boolean isBack = true;

  /** From the order of a checkpoint until the job is known to run as before. */
  private volatile boolean isInDoubt;

  private volatile Duration held = Duration.ZERO;

  /** Of a checkpoint that did not end in time; used by the thread that takes checkpoints only. */
  private Optional<Entered> unfinished = Optional.empty();

  private int expected;

  /** When the scratch folder is saved. */
  enum CutMoment {
    WHILE_ALL_STANDS_STILL,
    /** Wrong, for tests which show that they would notice. */
    ONE_REQUEST_LATE
  }

  DmtcpCheckpointer(
      RunFolders folders, ImageFolder images, String platform, Times times, CutMoment moment) {
    this.folders = folders;
    this.archive = new ScratchArchive(folders);
    this.generations = new Generations(folders);
    this.dmtcp = new DmtcpLog(folders.control());
    this.images = images;
    this.platform = platform;
    this.times = times;
    this.moment = moment;
  }

  @Override
  public Backend backend() {
    return Backend.DMTCP;
  }

  @Override
  public String platform() {
    return platform;
  }

  @Override
  public Places shown(Places plain) {
    return plain.with(
        new CheckpointPlaces(images.folder(), folders.generations(), folders.control()));
  }

  @Override
  public Program fresh(Program job) {
    return job.with(new Start.Savable());
  }

  @Override
  public void unpack(Path generation, Duration limit)
      throws RestartException, InterruptedException {
    try {
      expected = Generations.images(generation).size();
      if (expected == 0) {
        throw new RestartException("the checkpoint holds no image of a process", true);
      }
    } catch (IOException e) {
      throw new RestartException("the checkpoint is damaged: " + e.getMessage(), true);
    }
    Unpacking.unpack(archive, generation, limit);
    try {
      archive.disgorge(generation.resolve(ScratchArchive.NAME), limit);
    } catch (IOException e) {
      throw new RestartException(
          "files that the job had removed cannot be laid down: " + e.getMessage(), false);
    }
  }

  @Override
  public Program restarted(Program job, Path generation) {
    isBack = false;
    try {
      String within = CheckpointPlaces.GENERATIONS + "/" + generation.getFileName() + "/";
      images.restoring(CheckpointPlaces.GENERATIONS + "/" + generation.getFileName());
      List<String> paths =
          Generations.images(generation).stream().map(name -> within + name).toList();
      return job.with(new Start.Restored(paths));
    } catch (IOException e) {
      throw new IllegalStateException("the generation was not unpacked", e);
    }
  }

  @Override
  public void awaitRestarted(SandboxProcess process, Duration limit)
      throws RestartException, InterruptedException {
    Coordinator coordinator = new Coordinator(process, times);
    Patience patience = new Patience(times, limit);
    while (patience.isLeft(process.isFrozen())) {
      Optional<Coordinator.Status> status = coordinator.status();
      if (status.isPresent() && status.get().isRunning() && status.get().peers() >= expected) {
        requireUnharmed();
        isBack = true;
        images.disarm();
        return;
      }
      if (end.await(STEP.toMillis(), TimeUnit.MILLISECONDS)) {
        if (isBack) {
          return;
        }
        throw new RestartException(
            "the job did not come back from its checkpoint: dmtcp_restart ended", false);
      }
    }
    throw new RestartException(
        "the job did not come back from its checkpoint within %d s".formatted(limit.toSeconds()),
        false);
  }

  /** A process that is born before all others are back is refused by the coordinator, and ends. */
  private void requireUnharmed() throws RestartException, InterruptedException {
    Optional<String> failure = dmtcp.failure();
    if (failure.isEmpty() && !end.await(BIRTH.toMillis(), TimeUnit.MILLISECONDS)) {
      failure = dmtcp.failure();
    }
    if (failure.isPresent()) {
      throw new RestartException(
          "the job came back from its checkpoint without one of its processes: " + failure.get(),
          false);
    }
  }

  @Override
  public ProgramEnd ended(SandboxProcess process, ProgramEnd how) {
    isBack |= process.isRestored();
    end.countDown();
    if (!isBack) {
      return new ProgramEnd.Broken("the job did not come back from its checkpoint: " + how);
    }
    boolean isBySignal = how instanceof ProgramEnd.Signalled;
    boolean isFailure = how.equals(new ProgramEnd.Exited(FAILED));
    if (isFailure && process.isAbandoned()) {
      return new ProgramEnd.Broken("the job's coordinator was ended, and the job with it");
    }
    if (process.isDamaged()) {
      return new ProgramEnd.Broken("DMTCP has ended a process of the job, which cannot be right");
    }
    // A job that ends so by itself just now will do so again.
    return isInDoubt && (isFailure || isBySignal)
        ? new ProgramEnd.Broken("the job did not survive its checkpoint: " + how)
        : how;
  }

  @Override
  public Taken take(SandboxProcess process, int number, Duration limit)
      throws CheckpointException, InterruptedException {
    Instant ordered = times.now();
    long began = times.ticks();
    Coordinator coordinator = new Coordinator(process, times);
    settle(coordinator);
    Processes processes = new Processes(process, coordinator);
    requireRoom(processes.check());
    Path folder = generations.make(number);
    Cut cut = new Cut(times, () -> atCut(processes, folder, limit));
    arm(number, folder, cut);
    try {
      processes.awaitCalm();
      order(process, coordinator, cut, limit);
      Generations.Contents contents = complete(process, cut, processes, folder, limit);
      held = cut.held();
      endIfHarmed(process);
      log.atDebug()
          .addKeyValue("number", number)
          .addKeyValue("held", held)
          .log("a checkpoint was taken");
      Instant at = cut.at().orElse(ordered);
      return new Taken(number, folder, contents.names(), contents.bytes(), at, times.since(began));
    } catch (CheckpointException e) {
      // Images that are still being written have no name any more, or go nowhere.
      images.disarm();
      generations.discard(number);
      throw e;
    } finally {
      images.disarm();
    }
  }

  /** What was saved is good; what goes on is not, and is not waited for. */
  private void endIfHarmed(SandboxProcess process) throws InterruptedException {
    Optional<String> failure = dmtcp.failure();
    if (failure.isPresent()) {
      log.atWarn()
          .addKeyValue("reason", failure.get())
          .log("a job lost a process after its checkpoint, and goes on from there anew");
      process.kill();
    }
  }

  private void arm(int number, Path folder, Cut cut) throws CheckpointException {
    try {
      images.arm(folder, CheckpointPlaces.GENERATIONS + "/" + number, cut);
    } catch (IOException e) {
      generations.discard(number);
      throw new CheckpointException("no image can be written: " + e.getMessage(), e);
    }
  }

  /** What an earlier checkpoint left that did not end in time: until it has, the next must wait. */
  private void settle(Coordinator coordinator) throws CheckpointException, InterruptedException {
    if (unfinished.isEmpty()) {
      return;
    }
    Entered old = unfinished.get();
    if (old.await(STEP).isEmpty()
        || coordinator.status().filter(Coordinator.Status::isRunning).isEmpty()) {
      throw new CheckpointException(
          "the checkpoint before has not ended yet; the job is " + doing(coordinator));
    }
    unfinished = Optional.empty();
    isInDoubt = false;
    old.close();
  }

  private void requireRoom(List<JobProcess> job) throws CheckpointException, InterruptedException {
    Room.require(folders, archive, job);
  }

  /** On the image folder's thread, with every process of the job parked. */
  private void atCut(Processes processes, Path folder, Duration limit)
      throws CheckpointException, InterruptedException {
    processes.check();
    Optional<String> failure = dmtcp.failure();
    if (failure.isPresent()) {
      throw new CheckpointException("the job had lost a process before: " + failure.get());
    }
    if (moment == CutMoment.WHILE_ALL_STANDS_STILL) {
      save(folder, limit);
    }
  }

  private void save(Path folder, Duration limit) throws CheckpointException, InterruptedException {
    try {
      archive.saveAll(folder.resolve(ScratchArchive.NAME), limit);
    } catch (IOException e) {
      throw new CheckpointException("the scratch folder cannot be archived: " + e.getMessage(), e);
    }
  }

  private void order(SandboxProcess process, Coordinator coordinator, Cut cut, Duration limit)
      throws CheckpointException, InterruptedException {
    Entered command;
    try {
      command = coordinator.checkpoint();
    } catch (IOException e) {
      throw new CheckpointException("no checkpoint can be ordered: " + e.getMessage(), e);
    }
    isInDoubt = true;
    OptionalInt code = OptionalInt.empty();
    Patience patience = new Patience(times, limit);
    while (code.isEmpty() && end.getCount() > 0 && patience.isLeft(process.isFrozen())) {
      code = command.await(STEP);
    }
    if (code.isEmpty() && end.getCount() > 0) {
      if (cut.at().isEmpty()) {
        // Some of its processes stand still and wait for one that does not answer.
        process.kill();
        command.close();
        throw new CheckpointException(
            "the job did not come to a stand within %d s, and was ended: it goes on from its last checkpoint"
                .formatted(limit.toSeconds()));
      }
      // Ended now, the command might take the coordinator with it.
      unfinished = Optional.of(command);
      throw new CheckpointException(
          "the checkpoint was not complete within %d s; the job is %s"
              .formatted(limit.toSeconds(), doing(coordinator)));
    }
    command.close();
    if (!code.equals(OptionalInt.of(0)) || !isRunning(process, coordinator, limit)) {
      throw new CheckpointException(
          "DMTCP could not take the checkpoint (status %s); the job %s"
              .formatted(code.isPresent() ? code.getAsInt() : "none", fate(process, coordinator)));
    }
    isInDoubt = false;
  }

  /** The command ends when the images are written, which is before the last process goes on. */
  private boolean isRunning(SandboxProcess process, Coordinator coordinator, Duration limit)
      throws InterruptedException {
    Patience patience = new Patience(times, limit);
    while (patience.isLeft(process.isFrozen())) {
      Optional<Coordinator.Status> status = coordinator.status();
      if (status.filter(Coordinator.Status::isRunning).isPresent()) {
        return true;
      }
      if (status.isEmpty() || end.await(STEP.toMillis(), TimeUnit.MILLISECONDS)) {
        return false;
      }
    }
    return false;
  }

  private String fate(SandboxProcess process, Coordinator coordinator) throws InterruptedException {
    if (coordinator.status().filter(Coordinator.Status::isRunning).isPresent()) {
      isInDoubt = false;
      return "runs on";
    }
    try {
      return end.getCount() == 0 || process.job().isEmpty()
          ? "has ended"
          : "runs on, but its coordinator is gone: it cannot be saved any more";
    } catch (IOException _) {
      return "is not known";
    }
  }

  private String doing(Coordinator coordinator) throws InterruptedException {
    return coordinator.status().filter(Coordinator.Status::isRunning).isPresent()
        ? "running"
        : "standing still until its images are written";
  }

  private Generations.Contents complete(
      SandboxProcess process, Cut cut, Processes processes, Path folder, Duration limit)
      throws CheckpointException, InterruptedException {
    if (cut.problem().isPresent()) {
      throw new CheckpointException(cut.problem().get());
    }
    if (cut.at().isEmpty()) {
      throw new CheckpointException(
          "the images were written without a cut: the image folder was not asked");
    }
    try {
      if (moment == CutMoment.ONE_REQUEST_LATE) {
        process.freeze();
        save(folder, limit);
        process.thaw();
      }
      List<String> removed = Generations.folders(folder);
      if (!removed.isEmpty()) {
        archive.swallow(folder.resolve(ScratchArchive.NAME), removed, limit);
      }
      return Generations.whole(folder, processes.seen());
    } catch (IOException e) {
      throw new CheckpointException(
          "the checkpoint is not whole: " + e.getMessage() + "; the job runs on", e);
    }
  }

  @Override
  public boolean isCheckpoint(ProgramEnd how) {
    return false;
  }

  @Override
  public Taken takeAtRest(int number) throws CheckpointException {
    throw new CheckpointException("a job that has ended has no memory that could be saved");
  }

  @Override
  public void discard(int number) {
    generations.discard(number);
  }

  /** How long the job stood still for the scratch folder's sake, the last time. */
  Duration held() {
    return held;
  }

  @Override
  public void close() {
    unfinished.ifPresent(Entered::close);
    images.disarm();
  }
}
