package io.urubu.starter.checkpoint;

import io.urubu.starter.scratch.RunFolders;
import io.urubu.starter.scratch.ScratchArchive;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folders of a run's generations on this host. The job can write there: nothing is believed.
 */
final class Generations {
  private static final Logger log = LoggerFactory.getLogger(Generations.class);

  private static final Pattern IMAGE = Pattern.compile("ckpt_[A-Za-z0-9_.,:=@%+~-]{1,200}\\.dmtcp");

  /** Holds copies of files that the job has open but removed. */
  private static final Pattern FILES = Pattern.compile("ckpt_[A-Za-z0-9_.,:=@%+~-]{1,200}_files");

  private static final String MAGIC = "DMTCP_CHECKPOINT_IMAGE";

  private final RunFolders folders;

  Generations(RunFolders folders) {
    this.folders = folders;
  }

  Path make(int number) throws CheckpointException, InterruptedException {
    try {
      return folders.makeGeneration(number);
    } catch (IOException e) {
      throw new CheckpointException("no folder can be made for a checkpoint: " + e.getMessage(), e);
    }
  }

  void discard(int number) {
    try {
      folders.removeGeneration(number);
    } catch (IOException e) {
      log.atWarn().setCause(e).log("a checkpoint that nobody needs cannot be removed");
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** The folders in which DMTCP has put removed files that the job still has open. */
  static List<String> folders(Path folder) throws IOException {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, "ckpt_*_files")) {
      for (Path entry : entries) {
        String name = entry.getFileName().toString();
        if (FILES.matcher(name).matches() && Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
          names.add(name);
        }
      }
    }
    return names;
  }

  /**
   * A generation's files, if it is whole.
   *
   * @param images how many there must be
   * @throws IOException with the reason when it is not
   */
  static Contents whole(Path folder, int images) throws IOException {
    List<String> names = new ArrayList<>();
    long bytes = 0;
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        String name = entry.getFileName().toString();
        if (!name.equals(ScratchArchive.NAME) && !IMAGE.matcher(name).matches()) {
          throw new IOException("'" + name + "' does not belong there");
        }
        bytes += size(entry);
        names.add(name);
      }
    }
    if (!names.contains(ScratchArchive.NAME)) {
      throw new IOException("the archive of the scratch folder is missing");
    }
    if (names.size() != images + 1) {
      throw new IOException(names.size() - 1 + " images of " + images + " processes");
    }
    names.sort(null);
    return new Contents(names, bytes);
  }

  record Contents(List<String> names, long bytes) {}

  private static long size(Path file) throws IOException {
    BasicFileAttributes attributes =
        Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (!attributes.isRegularFile() || attributes.size() == 0) {
      throw new IOException("'" + file.getFileName() + "' is empty or no plain file");
    }
    return attributes.size();
  }

  /**
   * The images' names, if each begins as one.
   *
   * @throws IOException with the reason when one does not
   */
  static List<String> images(Path folder) throws IOException {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, "ckpt_*.dmtcp")) {
      for (Path entry : entries) {
        String name = entry.getFileName().toString();
        if (!IMAGE.matcher(name).matches() || !beginsAsImage(entry)) {
          throw new IOException("'" + name + "' is no image of a process");
        }
        names.add(name);
      }
    }
    names.sort(null);
    return names;
  }

  private static boolean beginsAsImage(Path file) throws IOException {
    try (InputStream bytes = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      byte[] head = bytes.readNBytes(MAGIC.length());
      return new String(head, StandardCharsets.ISO_8859_1).equals(MAGIC);
    }
  }
}
