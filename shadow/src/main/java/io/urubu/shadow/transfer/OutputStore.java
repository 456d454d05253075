package io.urubu.shadow.transfer;

import io.urubu.protocol.id.RunRef;
import io.urubu.shadow.runs.Fault;
import io.urubu.shadow.runs.Rename;
import io.urubu.shadow.runs.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * The outputs of one run, kept aside in hidden files beside their places until the run's exit names
 * them. Any thread may call.
 */
public final class OutputStore {
  /** No run has more outputs. */
  public static final int MAX_OUTPUTS = 20_000;

  private static final int MAX_WRITERS = 64;

  private final RunRef run;
  private final OutputPlan plan;
  private final Temporaries temporaries;
  private final Consumer<Path> recordFolder;
  private final ReentrantLock lock = new ReentrantLock();

  /** True when an earlier process may have left files of which nothing is known but the folder. */
  private final boolean isInherited;

  /** Guarded by lock. Every temporary that this process made. */
  private final Set<Path> made = new LinkedHashSet<>();

  /** Guarded by lock. */
  private final Set<Path> folders = new LinkedHashSet<>();

  /** Guarded by lock. */
  private final Map<String, Kept> keptByName = new HashMap<>();

  /** Guarded by lock. */
  private final Set<OutputWriter> writers = new LinkedHashSet<>();

  /** Guarded by lock. */
  private long lastWriter;

  /** Guarded by lock. */
  private long bytes;

  /** An output that is whole and durable. */
  record Kept(String name, Landing landing, Path whole, long size, Sha256 sha256) {}

  /** Renames within the lock. */
  @FunctionalInterface
  interface Move {
    void run() throws IOException;
  }

  /** What the starter says that it stored. */
  public record Named(String name, long size, Sha256 sha256) {}

  /**
   * @param known folders that were recorded for the run by an earlier process
   * @param recordFolder makes durable that temporaries may lie in a folder, before one does
   */
  public OutputStore(RunRef run, OutputPlan plan, List<Path> known, Consumer<Path> recordFolder) {
    this.run = run;
    this.plan = plan;
    this.temporaries = new Temporaries(run);
    this.recordFolder = recordFolder;
    this.folders.addAll(known);
    this.isInherited = !known.isEmpty();
  }

  /**
   * Begins to take an output; asked again for the same name, the later one replaces the earlier.
   */
  public OutputWriter begin(String name, int mode) throws RefusedException, FaultException {
    Optional<Landing> landing = landing(name);
    lock.lock();
    try {
      if (writers.size() >= MAX_WRITERS) {
        throw new RefusedException("more than " + MAX_WRITERS + " outputs at once");
      }
      if (!keptByName.containsKey(name) && keptByName.size() >= MAX_OUTPUTS) {
        throw new RefusedException("more than " + MAX_OUTPUTS + " outputs");
      }
      Optional<OutputWriter.Destination> destination = Optional.empty();
      if (landing.isPresent()) {
        destination = Optional.of(destination(name, landing.get()));
      }
      OutputWriter writer = new OutputWriter(this, name, mode, destination);
      writers.add(writer);
      return writer;
    } finally {
      lock.unlock();
    }
  }

  private OutputWriter.Destination destination(String name, Landing landing) throws FaultException {
    Path folder = landing.folder();
    if (folders.add(folder)) {
      recordFolder.accept(folder);
    }
    Path whole = temporaries.whole(folder, name);
    made.add(whole);
    return OutputWriter.open(landing, temporaries.partial(folder, name, ++lastWriter), whole);
  }

  private Optional<Landing> landing(String name) throws RefusedException, FaultException {
    return switch (plan.place(name)) {
      case OutputPlan.Place.Stream stream -> Optional.of(Landing.of(stream));
      case OutputPlan.Place.Beneath beneath -> Optional.of(Landing.of(beneath, plan.iwd()));
      case OutputPlan.Place.Nowhere _ -> Optional.empty();
    };
  }

  /** Counts bytes that came, whichever output they are of. */
  void count(int more) throws FaultException {
    lock.lock();
    try {
      bytes += more;
      if (bytes > plan.limit()) {
        throw JobFiles.fault(
            Fault.OUTPUT,
            "the output has %d bytes and more, max_transfer_output_mb allows %d"
                .formatted(bytes, plan.limit()));
      }
    } finally {
      lock.unlock();
    }
  }

  void keep(Kept kept, Move move) throws IOException {
    lock.lock();
    try {
      move.run();
      keptByName.put(kept.name(), kept);
    } finally {
      lock.unlock();
    }
  }

  void forget(OutputWriter writer) {
    lock.lock();
    try {
      writers.remove(writer);
    } finally {
      lock.unlock();
    }
  }

  /** How many bytes came. */
  public long bytes() {
    lock.lock();
    try {
      return bytes;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Checks that everything the starter names lies here whole, and says what is to be renamed. To be
   * called when nothing is written any more.
   *
   * @throws RefusedException when an output is not here as the starter says
   */
  public List<Rename> prepare(List<Named> named) throws RefusedException, FaultException {
    Map<Path, Kept> byTarget = new HashMap<>();
    List<Rename> renames = new ArrayList<>();
    for (Named output : named) {
      Optional<Landing> landing = landing(output.name());
      if (landing.isEmpty()) {
        continue;
      }
      Kept kept = kept(output, landing.get());
      Kept before = byTarget.put(kept.landing().target(), kept);
      if (before != null) {
        renames.removeIf(rename -> rename.to().equals(before.landing().target()));
        kept = both(before, kept);
      }
      renames.add(new Rename(kept.whole(), kept.landing().target(), kept.size(), kept.sha256()));
    }
    return renames;
  }

  private Kept kept(Named output, Landing landing) throws RefusedException, FaultException {
    Kept kept;
    lock.lock();
    try {
      kept = keptByName.get(output.name());
    } finally {
      lock.unlock();
    }
    if (kept == null) {
      kept = found(output, landing);
    }
    if (kept.size() != output.size() || !kept.sha256().equals(output.sha256())) {
      throw new RefusedException(
          "output '" + output.name() + "': what was stored is not what the exit names");
    }
    return kept;
  }

  /** What an earlier process of this shadow took is found by its name. */
  private Kept found(Named output, Landing landing) throws RefusedException, FaultException {
    List<Path> places;
    lock.lock();
    try {
      places = List.copyOf(folders);
    } finally {
      lock.unlock();
    }
    for (Path folder : places) {
      Path whole = temporaries.whole(folder, output.name());
      if (landing.target().startsWith(folder)
          && Files.isRegularFile(whole, LinkOption.NOFOLLOW_LINKS)) {
        try {
          return new Kept(
              output.name(),
              new Landing(folder, landing.target()),
              whole,
              Files.size(whole),
              Content.hash(whole));
        } catch (IOException e) {
          throw Landing.unusable(landing.target(), Folders.problem(folder, e));
        }
      }
    }
    throw new RefusedException("output '" + output.name() + "': was never stored here");
  }

  /** Standard output and error may go to the same file: the one follows the other there. */
  private Kept both(Kept first, Kept second) throws FaultException {
    Set<String> names = Set.of(first.name(), second.name());
    if (!names.equals(Set.of(JobFiles.STDOUT, JobFiles.STDERR))) {
      throw Landing.unusable(
          first.landing().target(), "two outputs of the job would go there: " + names);
    }
    Landing landing = first.landing();
    Path whole = temporaries.whole(landing.folder(), JobFiles.STDOUT + JobFiles.STDERR);
    lock.lock();
    try {
      made.add(whole);
    } finally {
      lock.unlock();
    }
    try {
      Sha256 sha256 = Content.join(List.of(first.whole(), second.whole()), whole);
      return new Kept(first.name(), landing, whole, first.size() + second.size(), sha256);
    } catch (IOException e) {
      throw Landing.unusable(landing.target(), Folders.problem(landing.folder(), e));
    }
  }

  /** Removes whatever of the run never got to its place. */
  public void sweep() throws IOException {
    List<Path> places;
    List<Path> files;
    lock.lock();
    try {
      List.copyOf(writers).forEach(OutputWriter::abort);
      keptByName.clear();
      places = List.copyOf(folders);
      files = List.copyOf(made);
    } finally {
      lock.unlock();
    }
    if (isInherited) {
      sweep(run, places);
      return;
    }
    // A folder may hold very many files of the user's: it is only searched when it must be.
    for (Path file : files) {
      Files.deleteIfExists(file);
    }
  }

  /** As {@link #sweep()}, for a run of which only the journal knows. */
  public static void sweep(RunRef run, List<Path> folders) throws IOException {
    Temporaries temporaries = new Temporaries(run);
    for (Path folder : folders) {
      temporaries.sweep(folder);
    }
  }
}
