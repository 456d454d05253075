package io.urubu.starter.scratch;

import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The top of a scratch folder at one moment. */
public record TopFiles(Map<Path, Stamp> stampByName) {
  public TopFiles {
    stampByName = Map.copyOf(stampByName);
  }

  /** What tells whether a file is still the same. */
  record Stamp(long size, FileTime modified, @Nullable Object key) {
    static Stamp of(BasicFileAttributes attributes) {
      return new Stamp(attributes.size(), attributes.lastModifiedTime(), attributes.fileKey());
    }
  }

  boolean isUnchanged(Path name, BasicFileAttributes now) {
    return Stamp.of(now).equals(stampByName.get(name));
  }
}
