package io.urubu.checkpoint;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.IntPredicate;

/**
 * The generations of all jobs of one user, below one folder that belongs to this process alone. A
 * generation is there whole or not at all, whenever the process dies. Files may come on any thread;
 * all else that concerns a job is asked for by one thread at a time.
 */
public final class CheckpointStore {
  /** So many checkpoints of a run may be on their way; of more the oldest goes. */
  private static final int MAX_STAGES = 2;

  private final Path root;
  private final Disk disk;
  private final Map<StageKey, Stage> stages = new ConcurrentSkipListMap<>();

  private record StageKey(JobName job, int run, int number) implements Comparable<StageKey> {
    @Override
    public int compareTo(StageKey other) {
      int byJob = job.folder().compareTo(other.job.folder());
      int byRun = byJob != 0 ? byJob : Integer.compare(run, other.run);
      return byRun != 0 ? byRun : Integer.compare(number, other.number);
    }
  }

  private CheckpointStore(Path root, Disk disk) {
    this.root = root;
    this.disk = disk;
  }

  /** Makes the folder when it is missing; what an earlier process had on its way is removed. */
  public static CheckpointStore open(Path root) throws StoreException {
    return open(root, (_, _) -> {});
  }

  static CheckpointStore open(Path root, Disk.Steps steps) throws StoreException {
    CheckpointStore store = new CheckpointStore(root, new Disk(steps));
    try {
      store.disk.makeFolder(root);
      store.disk.forceFolder(root.resolveSibling(""));
      for (Folder job : store.jobs()) {
        job.sweep();
      }
    } catch (IOException e) {
      throw Disk.failed(root, e);
    }
    return store;
  }

  private List<Folder> jobs() throws IOException {
    List<Folder> jobs = new ArrayList<>();
    for (Path schedd : Disk.list(root)) {
      for (Path job : Disk.list(schedd)) {
        jobs.add(new Folder(disk, job));
      }
    }
    return jobs;
  }

  private Folder folder(JobName job) {
    return new Folder(disk, root.resolve(job.folder()));
  }

  // A checkpoint comes.

  /**
   * Begins to take one file of a checkpoint.
   *
   * @param number by which the run's starter calls the checkpoint
   */
  public StagedFile begin(JobName job, int run, int number, String name)
      throws UnfitException, StoreException {
    StageKey key = new StageKey(job, run, number);
    Stage stage = stages.computeIfAbsent(key, _ -> new Stage(disk, folder(job).stage(run, number)));
    List<StageKey> ofRun = stages.keySet().stream().filter(k -> isOf(k, job, run)).toList();
    if (ofRun.size() > MAX_STAGES) {
      dropQuietly(ofRun.getFirst());
    }
    return stage.begin(name);
  }

  private static boolean isOf(StageKey key, JobName job, int run) {
    return key.run() == run && key.job().equals(job);
  }

  /**
   * Makes a generation of what came: whole, checked and durable on return. Otherwise nothing of it
   * stays, and the generations before are as they were.
   *
   * @param files what the starter says that the checkpoint consists of
   * @param above the generation's number will be greater
   * @throws UnfitException when something else came
   */
  public Prepared prepare(JobName job, int number, Cut cut, List<StoredFile> files, int above)
      throws UnfitException, StoreException {
    StageKey key = new StageKey(job, cut.run(), number);
    Stage stage = stages.get(key);
    if (stage == null) {
      throw new UnfitException(
          "checkpoint %d of run %d of job %s: no file of it was stored here"
              .formatted(number, cut.run(), job));
    }
    try {
      stage.seal(files);
      Folder folder = folder(job);
      int generation = Math.max(folder.highest(), above) + 1;
      byte[] text = RecipeText.write(new Recipe(job, generation, cut, files));
      write(stage.folder().resolve(RecipeText.FILE), text);
      disk.forceFolder(stage.folder());
      place(stage.folder(), folder, generation);
      stages.remove(key);
      long bytes = files.stream().mapToLong(StoredFile::size).sum();
      return new Prepared(generation, bytes, Hashes.of(text));
    } catch (IOException e) {
      throw Disk.failed(stage.folder(), e);
    } finally {
      dropQuietly(key);
    }
  }

  private void write(Path file, byte[] text) throws IOException {
    try (FileChannel channel = disk.create(file)) {
      disk.write(channel, ByteBuffer.wrap(text), file);
      disk.force(channel, file);
    }
  }

  private void place(Path stage, Folder folder, int generation) throws IOException {
    disk.move(stage, folder.generation(generation));
    try {
      disk.forceFolder(folder.path());
    } catch (IOException e) {
      disk.deleteTree(folder.generation(generation));
      throw e;
    }
  }

  private void dropQuietly(StageKey key) {
    Stage stage = stages.remove(key);
    if (stage != null) {
      try {
        stage.drop();
      } catch (IOException _) {
        // It counts for nothing, and goes when the store is opened next.
      }
    }
  }

  /** Removes what came again of a checkpoint that was dealt with before. */
  public void drop(JobName job, int run, int number) {
    dropQuietly(new StageKey(job, run, number));
  }

  /** Removes what a run has on its way; nothing more is taken for what has begun. */
  public void drop(JobName job, int run) {
    stages.keySet().stream().filter(key -> isOf(key, job, run)).forEach(this::dropQuietly);
  }

  // A job goes on from a checkpoint.

  /**
   * Looks whether a generation is what was recorded: its recipe by its hash, its files by their
   * sizes.
   *
   * @throws DamagedException when it is not, or not there
   * @throws StoreException when that cannot be told now
   */
  public StoredGeneration open(JobName job, int number, String recipeSha256)
      throws StoreException, DamagedException {
    Path folder = folder(job).generation(number);
    byte[] text = recipe(folder);
    String sha256 = Hashes.of(text);
    if (!sha256.equals(recipeSha256)) {
      throw new DamagedException(
          "%s: the recipe has SHA-256 %s, the queue recorded %s"
              .formatted(folder, sha256, recipeSha256));
    }
    Recipe recipe;
    try {
      recipe = RecipeText.read(text);
    } catch (DamagedException e) {
      throw new DamagedException("%s: recipe: %s".formatted(folder, e.reason()));
    } catch (StoreException e) {
      throw new StoreException("%s: recipe: %s".formatted(folder, e.reason()));
    }
    for (int i = 0; i < recipe.files().size(); i++) {
      checkSize(folder, i, recipe.files().get(i));
    }
    return new StoredGeneration(folder, recipe);
  }

  private static byte[] recipe(Path folder) throws StoreException, DamagedException {
    try (InputStream in =
        Files.newInputStream(folder.resolve(RecipeText.FILE), LinkOption.NOFOLLOW_LINKS)) {
      return in.readNBytes(RecipeText.MAX_BYTES);
    } catch (NoSuchFileException _) {
      throw new DamagedException(
          folder + (Files.exists(folder) ? ": the recipe is missing" : ": is missing"));
    } catch (IOException e) {
      throw Disk.failed(folder, e);
    }
  }

  private static void checkSize(Path folder, int index, StoredFile file)
      throws StoreException, DamagedException {
    String name = Names.escape(file.name());
    try {
      var attributes =
          Files.readAttributes(
              folder.resolve(Recipe.fileName(index)),
              BasicFileAttributes.class,
              LinkOption.NOFOLLOW_LINKS);
      if (!attributes.isRegularFile() || attributes.size() != file.size()) {
        throw new DamagedException(
            "%s: file '%s' has %d bytes, its recipe says %d"
                .formatted(folder, name, attributes.size(), file.size()));
      }
    } catch (NoSuchFileException _) {
      throw new DamagedException("%s: file '%s' is missing".formatted(folder, name));
    } catch (IOException e) {
      throw Disk.failed(folder, e);
    }
  }

  // Generations go.

  /** Deletes all generations of a job but these. */
  public void keep(JobName job, Collection<Integer> kept) throws StoreException {
    delete(job, number -> !kept.contains(number));
  }

  /** Deletes one generation. */
  public void discard(JobName job, int generation) throws StoreException {
    delete(job, number -> number == generation);
  }

  private void delete(JobName job, IntPredicate which) throws StoreException {
    Folder folder = folder(job);
    try {
      folder.delete(which);
    } catch (IOException e) {
      throw Disk.failed(folder.path(), e);
    }
  }

  /** Deletes everything of a job that is gone; its numbers are forgotten too. */
  public void remove(JobName job) throws StoreException {
    stages.keySet().stream().filter(key -> key.job().equals(job)).forEach(this::dropQuietly);
    Path folder = folder(job).path();
    try {
      if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
        disk.deleteTree(folder);
      }
    } catch (IOException e) {
      throw Disk.failed(folder, e);
    }
  }

  /** The numbers of a job's generations that lie here, in no order. */
  public List<Integer> generations(JobName job) throws StoreException {
    try {
      return folder(job).generations();
    } catch (IOException e) {
      throw Disk.failed(folder(job).path(), e);
    }
  }

  /** Counts what lies here, by looking at each file. */
  public Usage usage() throws StoreException {
    long count = 0;
    long bytes = 0;
    try {
      for (Folder job : jobs()) {
        for (int number : job.generations()) {
          count++;
          for (Path file : Disk.list(job.generation(number))) {
            bytes += Files.size(file);
          }
        }
      }
    } catch (IOException e) {
      throw Disk.failed(root, e);
    }
    return new Usage(count, bytes);
  }
}
