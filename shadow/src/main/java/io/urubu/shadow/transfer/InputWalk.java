package io.urubu.shadow.transfer;

import io.urubu.shadow.runs.Fault;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Collects the files that one job needs, within bounds. A path laid down twice is the later one.
 */
final class InputWalk {
  /** No job has more input files and folders. */
  static final int MAX_ITEMS = 20_000;

  /** All paths of a manifest fit into one message together. */
  private static final int MAX_PATH_BYTES = 8 << 20;

  private static final int MAX_DEPTH = 64;
  private static final Set<String> RESERVED =
      Set.of(JobFiles.EXECUTABLE, JobFiles.STDIN, JobFiles.STDOUT, JobFiles.STDERR);

  private final Map<String, InputItem> items;
  private long pathBytes;

  InputWalk(Map<String, InputItem> items) {
    this.items = items;
  }

  /**
   * An entry of the job's list: a file, a folder, or with a slash at its end a folder's content.
   */
  void add(String entry, Path source) throws FaultException {
    BasicFileAttributes attributes = attributes(source, Fault.INPUT);
    if (attributes.isDirectory()) {
      String name = entry.endsWith("/") || source.getFileName() == null ? "" : fileName(source);
      if (!name.isEmpty()) {
        put(InputItem.folder(name));
      }
      folder(name, source, 1);
    } else {
      single(fileName(source), source, Fault.INPUT, -1);
    }
  }

  private static String fileName(Path source) throws FaultException {
    Path name = source.getFileName();
    if (name == null || RESERVED.contains(name.toString())) {
      throw JobFiles.fault(
          Fault.INPUT, source + ": a job's scratch directory has that name already; rename it");
    }
    return name.toString();
  }

  /** One file; its own permission bits when the mode is negative. */
  void single(String path, Path source, int holdCode, int mode) throws FaultException {
    if (!attributes(source, holdCode).isRegularFile()) {
      throw JobFiles.fault(holdCode, source + ": is no regular file; only files are transferred");
    }
    file(path, source, holdCode, mode);
  }

  private void file(String path, Path source, int holdCode, int mode) throws FaultException {
    try {
      PosixFileAttributes attributes = Files.readAttributes(source, PosixFileAttributes.class);
      if (!Files.isReadable(source)) {
        throw new AccessDeniedException(source.toString());
      }
      int bits = mode < 0 ? bits(attributes.permissions()) : mode;
      put(InputItem.file(path, source, Stamp.of(attributes), bits));
    } catch (IOException e) {
      throw unusable(holdCode, "input", source, e);
    }
  }

  private void folder(String path, Path source, int depth) throws FaultException {
    if (depth > MAX_DEPTH) {
      throw JobFiles.fault(
          Fault.INPUT,
          source + ": lies deeper than %d folders; transfer an archive".formatted(MAX_DEPTH));
    }
    for (Path child : children(source)) {
      String childPath =
          path.isEmpty() ? child.getFileName().toString() : path + "/" + child.getFileName();
      if (path.isEmpty()) {
        fileName(child);
      }
      if (Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS)) {
        put(InputItem.folder(childPath));
        folder(childPath, child, depth + 1);
      } else if (Files.isRegularFile(child)) {
        file(childPath, child, Fault.INPUT, -1);
      }
      // Sockets, pipes, devices, links to folders and to nothing are no content.
    }
  }

  private List<Path> children(Path folder) throws FaultException {
    List<Path> children = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
      for (Path child : stream) {
        children.add(child);
        if (children.size() > MAX_ITEMS) {
          throw tooMany();
        }
      }
    } catch (IOException e) {
      throw unusable(Fault.INPUT, "input", folder, e);
    }
    Collections.sort(children);
    return children;
  }

  private void put(InputItem item) throws FaultException {
    InputItem before = items.get(item.path());
    if (before != null && before.isFolder() != item.isFolder()) {
      throw JobFiles.fault(
          Fault.INPUT, "input '" + item.path() + "' is both a file and a folder; rename one");
    }
    pathBytes += item.path().length() * 3L + 64;
    if (items.size() >= MAX_ITEMS || pathBytes > MAX_PATH_BYTES) {
      throw tooMany();
    }
    items.put(item.path(), item);
  }

  private static FaultException tooMany() {
    return JobFiles.fault(
        Fault.INPUT,
        "the input has more than %d files and folders; transfer an archive".formatted(MAX_ITEMS));
  }

  private static BasicFileAttributes attributes(Path source, int holdCode) throws FaultException {
    try {
      return Files.readAttributes(source, BasicFileAttributes.class);
    } catch (IOException e) {
      throw unusable(
          holdCode, holdCode == Fault.EXECUTABLE ? "the executable" : "input", source, e);
    }
  }

  static FaultException unusable(int holdCode, String what, Path path, IOException cause) {
    String problem =
        switch (cause) {
          case NoSuchFileException _ -> "does not exist";
          case AccessDeniedException _ -> "may not be read";
          default -> "cannot be used: " + cause.getMessage();
        };
    return JobFiles.fault(
        holdCode, "%s: %s %s; mend it and release the job".formatted(path, what, problem));
  }

  private static int bits(Set<PosixFilePermission> permissions) {
    int bits = 0;
    for (char letter : PosixFilePermissions.toString(permissions).toCharArray()) {
      bits = bits << 1 | (letter == '-' ? 0 : 1);
    }
    return bits;
  }
}
