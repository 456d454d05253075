package io.urubu.shadow.transfer;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * One file or folder that the job needs in its scratch directory.
 *
 * @param path where it is laid down, relative to the scratch directory
 * @param source the user's file; null for a folder, which is only made
 * @param stamp how the file looked when it was listed; null for a folder
 * @param mode permission bits
 */
public record InputItem(
    String path, @Nullable Path source, @Nullable Stamp stamp, long size, int mode) {

  static InputItem file(String path, Path source, Stamp stamp, int mode) {
    return new InputItem(path, source, stamp, stamp.size(), mode);
  }

  public boolean isFolder() {
    return source == null;
  }

  static InputItem folder(String path) {
    return new InputItem(path, null, null, 0, 0755);
  }
}
