package io.urubu.starter.scratch;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/** Adds up file sizes; links are not followed, and what vanishes meanwhile does not count. */
final class DiskUsage extends SimpleFileVisitor<Path> {
  private static final int MOST_FILES = 200_000;

  private long bytes;
  private int files;

  private DiskUsage() {}

  static long of(Path folder) throws IOException {
    DiskUsage usage = new DiskUsage();
    Files.walkFileTree(folder, usage);
    return usage.bytes;
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
    bytes += attributes.size();
    files++;
    return files < MOST_FILES ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
  }

  @Override
  public FileVisitResult visitFileFailed(Path file, IOException e) {
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult postVisitDirectory(
      Path folder, @org.jspecify.annotations.Nullable IOException e) {
    return FileVisitResult.CONTINUE;
  }
}
