package io.urubu.starter.scratch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The folders of one run: {@code dir_<cluster>.<proc>.<run>} with the job's scratch folder, its
 * {@code /tmp}, {@code /var/tmp} and generated {@code /etc}. Before the job starts and after it
 * ended nobody else changes them.
 */
public final class RunFolders {
  private static final String PREFIX = "dir_";
  private static final int LONGEST_OWN = 8 << 20;
  private static final long REMOVAL_SECONDS = 600;

  private static final FileAttribute<?> PRIVATE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private final Path folder;

  private RunFolders(Path folder) {
    this.folder = folder;
  }

  /** Makes the folders of that run; those of a namesake from before are removed. */
  public static RunFolders create(Path base, String run) throws IOException, InterruptedException {
    RunFolders folders = new RunFolders(base.resolve(PREFIX + run));
    folders.remove();
    Files.createDirectory(folders.folder, PRIVATE);
    for (Path path :
        List.of(
            folders.scratch(),
            folders.temporary(),
            folders.variable(),
            folders.etc(),
            folders.generations(),
            folders.control())) {
      Files.createDirectory(path, PRIVATE);
    }
    return folders;
  }

  /** Removes what runs of an earlier process left; their sandboxes died with it. */
  public static int sweep(Path base) throws IOException, InterruptedException {
    int swept = 0;
    try (DirectoryStream<Path> left = Files.newDirectoryStream(base, PREFIX + "*")) {
      for (Path path : left) {
        new RunFolders(path).remove();
        swept++;
      }
    }
    return swept;
  }

  public Path folder() {
    return folder;
  }

  public Path scratch() {
    return folder.resolve("scratch");
  }

  public Path temporary() {
    return folder.resolve("tmp");
  }

  public Path variable() {
    return folder.resolve("var-tmp");
  }

  public Path etc() {
    return folder.resolve("etc");
  }

  /** Holds a folder for each generation that is being saved or brought back. */
  public Path generations() {
    return folder.resolve("generations");
  }

  public Path generation(int number) {
    return generations().resolve(Integer.toString(number));
  }

  /** What the checkpoint library needs on the side. */
  public Path control() {
    return folder.resolve("control");
  }

  /** Makes a folder, and those above it, in the scratch folder. */
  public void makeFolder(ScratchName name) throws IOException {
    Files.createDirectories(path(name));
  }

  /** Makes the folders that the job may write empty. */
  void empty() throws IOException, InterruptedException {
    for (Path path : List.of(scratch(), temporary(), variable())) {
      remove(path);
      Files.createDirectory(path, PRIVATE);
    }
  }

  /** Makes a generation's folder anew. */
  public Path makeGeneration(int number) throws IOException, InterruptedException {
    Path path = generation(number);
    remove(path);
    return Files.createDirectory(path, PRIVATE);
  }

  public void removeGeneration(int number) throws IOException, InterruptedException {
    remove(generation(number));
  }

  /** Opens a new or unfinished input; what is written goes to its end. */
  public FileChannel openInput(ScratchName name) throws IOException {
    Path path = path(name);
    Files.createDirectories(path.getParent());
    return FileChannel.open(path, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE));
  }

  /** Sets permission bits; the owner's own right to read stays. */
  public void setMode(ScratchName name, int mode) throws IOException {
    Files.setPosixFilePermissions(path(name), Modes.permissions(mode | 0400));
  }

  /** Writes a small file of the starter's own into the scratch folder. */
  public void write(String name, String text) throws IOException {
    try (FileChannel channel = openInput(ScratchName.of(name))) {
      channel.truncate(0);
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    }
  }

  /** Reads such a file; empty when there is none, or one that the starter did not write. */
  public Optional<String> read(String name) throws IOException {
    Path path = path(ScratchName.of(name));
    if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS) || Files.size(path) > LONGEST_OWN) {
      return Optional.empty();
    }
    try (SeekableByteChannel channel =
        Files.newByteChannel(path, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
      return Optional.of(
          new String(
              Channels.newInputStream(channel).readNBytes(LONGEST_OWN), StandardCharsets.UTF_8));
    }
  }

  /** What lies in the top of the scratch folder now, to know later what is new or changed. */
  public TopFiles top() throws IOException {
    Map<Path, TopFiles.Stamp> stamps = new HashMap<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(scratch())) {
      for (Path entry : entries) {
        BasicFileAttributes attributes =
            Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        stamps.put(entry.getFileName(), TopFiles.Stamp.of(attributes));
      }
    }
    return new TopFiles(stamps);
  }

  Path path(ScratchName name) {
    Path path = scratch();
    for (String part : name.parts()) {
      path = path.resolve(FileName.toPath(part));
    }
    return path;
  }

  /**
   * Bytes on disk of all that the job may write; empty when it cannot be told at this moment, since
   * a running job changes its folders.
   */
  public Optional<Long> diskUsage() {
    try {
      long sum = 0;
      for (Path path : List.of(scratch(), temporary(), variable())) {
        sum += DiskUsage.of(path);
      }
      return Optional.of(sum);
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  /** Removes everything. A job may have made folders that its own account may not enter. */
  public void remove() throws IOException, InterruptedException {
    remove(folder);
  }

  private static void remove(Path folder) throws IOException, InterruptedException {
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    if (run("rm", "-rf", "--one-file-system", "--", folder.toString()) != 0) {
      run("chmod", "-R", "u+rwx", "--", folder.toString());
      run("rm", "-rf", "--one-file-system", "--", folder.toString());
    }
    if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException(folder + ": something in it cannot be removed");
    }
  }

  private static int run(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (!process.waitFor(REMOVAL_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException(String.join(" ", command) + " takes too long");
    }
    return process.exitValue();
  }
}
