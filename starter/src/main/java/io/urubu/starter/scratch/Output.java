package io.urubu.starter.scratch;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A regular file in the scratch folder that belongs to the job's output.
 *
 * @param name as the shadow knows it
 * @param mode permission bits
 * @param path its parts with their exact bytes
 * @param key device and inode
 */
public record Output(ScratchName name, int mode, List<Path> path, @Nullable Object key) {
  public Output {
    path = List.copyOf(path);
  }
}
