package io.urubu.starter.checkpoint;

import io.urubu.starter.sandbox.Places;
import io.urubu.starter.sandbox.Program;
import io.urubu.starter.sandbox.ProgramEnd;
import io.urubu.starter.sandbox.SandboxProcess;
import io.urubu.starter.sandbox.Start;
import io.urubu.starter.scratch.RunFolders;
import io.urubu.starter.scratch.ScratchArchive;
import io.urubu.starter.scratch.ScratchName;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * For programs that save their own state into files, and end with a certain code when they have.
 */
final class SelfCheckpointer implements Checkpointer {
  private static final Duration ARCHIVE_LIMIT = Duration.ofMinutes(10);
  private static final Duration STEP = Duration.ofMillis(50);

  private final SaveOrder order;
  private final ScratchArchive archive;
  private final Generations generations;
  private final Times times;

  /** The ends of this run's programs, as they come; one only is of interest at any time. */
  private final BlockingQueue<ProgramEnd> ends = new LinkedBlockingQueue<>();

  SelfCheckpointer(SaveOrder order, RunFolders folders, Times times) {
    this.order = order;
    this.archive = new ScratchArchive(folders);
    this.generations = new Generations(folders);
    this.times = times;
  }

  @Override
  public Backend backend() {
    return Backend.SELF;
  }

  @Override
  public String platform() {
    return "";
  }

  @Override
  public Places shown(Places plain) {
    return plain;
  }

  @Override
  public Program fresh(Program job) {
    return job;
  }

  @Override
  public void unpack(Path generation, Duration limit)
      throws RestartException, InterruptedException {
    Unpacking.unpack(archive, generation, limit);
  }

  @Override
  public Program restarted(Program job, Path generation) {
    return job.with(new Start.Appending());
  }

  @Override
  public void awaitRestarted(SandboxProcess process, Duration limit) {}

  @Override
  public Taken take(SandboxProcess process, int number, Duration limit)
      throws CheckpointException, InterruptedException {
    Instant ordered = times.now();
    if (order.signal().isEmpty()) {
      throw new CheckpointException(
          "this program decides itself when it saves its state: it has no checkpoint_signal");
    }
    ends.clear();
    try {
      if (!process.signalProgram(order.signal().getAsInt())) {
        throw new CheckpointException("the program has ended");
      }
    } catch (IOException e) {
      throw new CheckpointException("the program cannot be told to save itself: " + e, e);
    }
    ProgramEnd end = awaitEnd(process, limit);
    if (!isCheckpoint(end)) {
      throw new CheckpointException("the program ended instead of saving itself: " + end);
    }
    return take(number, ordered);
  }

  private ProgramEnd awaitEnd(SandboxProcess process, Duration limit)
      throws CheckpointException, InterruptedException {
    Patience patience = new Patience(times, limit);
    while (patience.isLeft(process.isFrozen())) {
      Optional<ProgramEnd> end =
          Optional.ofNullable(ends.poll(STEP.toMillis(), TimeUnit.MILLISECONDS));
      if (end.isPresent()) {
        return end.get();
      }
    }
    throw new CheckpointException(
        "the program did not save itself within %d s of signal %d; it runs on"
            .formatted(limit.toSeconds(), order.signal().orElse(0)));
  }

  @Override
  public ProgramEnd ended(SandboxProcess process, ProgramEnd end) {
    return end;
  }

  @Override
  public void reported(ProgramEnd end) {
    ends.add(end);
  }

  @Override
  public boolean isCheckpoint(ProgramEnd end) {
    return end instanceof ProgramEnd.Exited(var code)
        && order.exitCode().isPresent()
        && order.exitCode().getAsInt() == code;
  }

  @Override
  public Taken takeAtRest(int number) throws CheckpointException, InterruptedException {
    return take(number, times.now());
  }

  private Taken take(int number, Instant ordered) throws CheckpointException, InterruptedException {
    Path folder = generations.make(number);
    Instant cut = times.now();
    try {
      Path file = folder.resolve(ScratchArchive.NAME);
      if (order.files().isEmpty()) {
        archive.saveAll(file, ARCHIVE_LIMIT);
      } else {
        archive.save(file, names(), ARCHIVE_LIMIT);
      }
      Generations.Contents contents = Generations.whole(folder, 0);
      return new Taken(
          number,
          folder,
          contents.names(),
          contents.bytes(),
          cut,
          Duration.between(ordered, times.now()));
    } catch (IOException | IllegalArgumentException e) {
      generations.discard(number);
      throw new CheckpointException(
          "what the program saved cannot be archived: " + e.getMessage(), e);
    }
  }

  private List<ScratchName> names() {
    List<ScratchName> names = new ArrayList<>();
    for (String name : order.files()) {
      names.add(
          ScratchName.of(
              name.replaceAll("/+", "/").replaceFirst("^\\./", "").replaceFirst("/$", "")));
    }
    order.streams().forEach(name -> names.add(ScratchName.of(name)));
    return names;
  }

  @Override
  public void discard(int number) {
    generations.discard(number);
  }

  @Override
  public void close() {}
}
