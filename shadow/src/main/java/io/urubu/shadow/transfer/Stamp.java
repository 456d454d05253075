package io.urubu.shadow.transfer;

import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Objects;

/** By what one sees that a file is still the same: which file, how long, changed when. */
record Stamp(String file, long size, FileTime modified) {

  static Stamp of(BasicFileAttributes attributes) {
    return new Stamp(
        Objects.toString(attributes.fileKey()), attributes.size(), attributes.lastModifiedTime());
  }
}
