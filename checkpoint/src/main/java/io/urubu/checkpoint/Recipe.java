package io.urubu.checkpoint;

import java.util.List;

/**
 * What a generation consists of. File {@code i} of the list lies in the generation's folder as
 * {@code file-i}, whatever its name is.
 */
public record Recipe(JobName job, int generation, Cut cut, List<StoredFile> files) {
  /** No checkpoint has more files. */
  public static final int MAX_FILES = 4096;

  public Recipe {
    files = List.copyOf(files);
  }

  public long bytes() {
    return files.stream().mapToLong(StoredFile::size).sum();
  }

  static String fileName(int index) {
    return "file-" + index;
  }
}
