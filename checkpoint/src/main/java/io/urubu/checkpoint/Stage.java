package io.urubu.checkpoint;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/** The files of one checkpoint on their way, in a folder that counts for nothing yet. */
final class Stage {
  private static final int MAX_WRITERS = 64;

  private final Disk disk;
  private final Path folder;
  private final ReentrantLock lock = new ReentrantLock();

  /** Guarded by lock. Those that are written. */
  private final Set<StagedFile> open = new HashSet<>();

  /** Guarded by lock. Those that are whole. */
  private final Map<String, Whole> wholeByName = new HashMap<>();

  /** Guarded by lock. */
  private long lastFile;

  /** Guarded by lock. */
  private boolean isMade;

  /** Guarded by lock. */
  private boolean isOver;

  private record Whole(Path path, StoredFile file) {}

  Stage(Disk disk, Path folder) {
    this.disk = disk;
    this.folder = folder;
  }

  Disk disk() {
    return disk;
  }

  Path folder() {
    return folder;
  }

  /** Asked again for the same name, the later file replaces the earlier. */
  StagedFile begin(String name) throws UnfitException, StoreException {
    Names.check(name);
    lock.lock();
    try {
      if (isOver) {
        throw new UnfitException("the checkpoint of file '" + name + "' is not taken any more");
      }
      if (open.size() >= MAX_WRITERS) {
        throw new UnfitException("more than " + MAX_WRITERS + " files of a checkpoint at once");
      }
      if (open.size() + wholeByName.size() >= Recipe.MAX_FILES) {
        throw new UnfitException(
            "a checkpoint of more than " + Recipe.MAX_FILES + " files; let the job open fewer");
      }
      return create(name);
    } finally {
      lock.unlock();
    }
  }

  private StagedFile create(String name) throws StoreException {
    try {
      if (!isMade) {
        makeFolders();
        isMade = true;
      }
      Disk.checkRoom(folder);
      Path path = folder.resolve("part-" + ++lastFile);
      StagedFile file = new StagedFile(this, name, path, disk.create(path));
      open.add(file);
      return file;
    } catch (IOException e) {
      throw Disk.failed(folder, e);
    }
  }

  private void makeFolders() throws IOException {
    Path job = folder.resolveSibling("");
    Path schedd = job.resolveSibling("");
    Path root = schedd.resolveSibling("");
    disk.makeFolder(schedd);
    disk.forceFolder(root);
    disk.makeFolder(job);
    disk.forceFolder(schedd);
    disk.makeFolder(folder);
  }

  void keep(StagedFile file, StoredFile content) throws UnfitException {
    lock.lock();
    try {
      if (!open.remove(file) || isOver) {
        throw new UnfitException(
            "the checkpoint of file '" + file.name() + "' is not taken any more");
      }
      Whole before = wholeByName.put(file.name(), new Whole(file.path(), content));
      if (before != null) {
        deleteQuietly(before.path());
      }
    } finally {
      lock.unlock();
    }
  }

  void forget(StagedFile file) {
    lock.lock();
    try {
      if (open.remove(file)) {
        close(file);
      }
    } finally {
      lock.unlock();
    }
  }

  private void close(StagedFile file) {
    try {
      file.close();
    } catch (IOException _) {
      // Nothing of it is wanted.
    }
    deleteQuietly(file.path());
  }

  private void deleteQuietly(Path path) {
    try {
      disk.delete(path);
    } catch (IOException _) {
      // It goes with the folder.
    }
  }

  /**
   * Gives each file of the list its final name and removes what is not in it; from now on nothing
   * more is taken.
   *
   * @throws UnfitException when what came is not what the list says
   */
  void seal(List<StoredFile> files) throws UnfitException, IOException {
    lock.lock();
    try {
      isOver = true;
      Map<String, Path> paths = new LinkedHashMap<>();
      for (StoredFile file : files) {
        paths.put(file.name(), path(file));
      }
      if (paths.size() != files.size() || files.isEmpty() || files.size() > Recipe.MAX_FILES) {
        throw new UnfitException(
            "%d files with %d names are no checkpoint".formatted(files.size(), paths.size()));
      }
      int index = 0;
      for (Path path : paths.values()) {
        disk.move(path, folder.resolve(Recipe.fileName(index++)));
      }
      List.copyOf(open).forEach(this::close);
      open.clear();
      for (Whole whole : wholeByName.values()) {
        if (!paths.containsKey(whole.file().name())) {
          disk.delete(whole.path());
        }
      }
    } finally {
      lock.unlock();
    }
  }

  private Path path(StoredFile file) throws UnfitException {
    Whole whole = wholeByName.get(file.name());
    if (whole == null) {
      throw new UnfitException(
          "file '%s' was never stored here whole".formatted(Names.escape(file.name())));
    }
    if (!whole.file().equals(file)) {
      throw new UnfitException(
          "file '%s' was stored with %d bytes of SHA-256 %s; said are %d bytes of %s"
              .formatted(
                  file.name(),
                  whole.file().size(),
                  whole.file().sha256(),
                  file.size(),
                  file.sha256()));
    }
    return whole.path();
  }

  /** Nothing of it stays. */
  void drop() throws IOException {
    lock.lock();
    try {
      isOver = true;
      List.copyOf(open).forEach(this::close);
      open.clear();
      wholeByName.clear();
      disk.deleteTree(folder);
    } finally {
      lock.unlock();
    }
  }
}
