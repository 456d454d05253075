package io.urubu.starter.scratch;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A run's folders as one file, by GNU tar: sparse files, hard links, modes and times to the
 * nanosecond; links stay links, and nothing outside the folders is ever opened.
 *
 * <p>Tar runs where the run's account counts as root over its own files (and over nothing else), so
 * that files which the job has closed to itself are saved, too.
 */
public final class ScratchArchive {
  public static final String NAME = "scratch.tar";

  private static final List<String> AS_OWN_ROOT = List.of("unshare", "--user", "--map-root-user");
  private static final List<String> WHOLE = List.of("scratch", "tmp", "var-tmp");
  private static final byte[] NOTHING = {};
  private static final String FIRST_OF_ALL = "scratch/";
  private static final int LONGEST_COMPLAINT = 500;
  private static final Duration LISTENING = Duration.ofSeconds(1);

  private final RunFolders folders;

  public ScratchArchive(RunFolders folders) {
    this.folders = folders;
  }

  /** Saves everything that the job may write. */
  public void saveAll(Path archive, Duration limit) throws IOException, InterruptedException {
    List<String> command = saving(archive);
    command.addAll(WHOLE);
    String _ = run(command, NOTHING, limit);
  }

  /** Saves these files and folders of the scratch folder; those that are not there are left out. */
  public void save(Path archive, List<ScratchName> names, Duration limit)
      throws IOException, InterruptedException {
    List<String> command = saving(archive);
    command.addAll(List.of("--null", "--verbatim-files-from", "--files-from", "-"));
    StringBuilder present = new StringBuilder();
    for (ScratchName name : names) {
      if (Files.exists(folders.path(name), LinkOption.NOFOLLOW_LINKS)) {
        present.append("scratch/").append(name).append('\0');
      }
    }
    String _ = run(command, present.toString().getBytes(StandardCharsets.UTF_8), limit);
  }

  /** Adds folders that lie beside the archive to it, and removes them there. */
  public void swallow(Path archive, List<String> names, Duration limit)
      throws IOException, InterruptedException {
    Path folder = archive.resolveSibling("");
    List<String> command = new ArrayList<>(AS_OWN_ROOT);
    command.addAll(List.of("tar", "--append", "--file", archive.toString()));
    command.addAll(List.of("--format=posix", "--pax-option=delete=atime,delete=ctime"));
    command.addAll(List.of("--sparse", "--one-file-system", "--numeric-owner"));
    command.addAll(List.of("--remove-files", "--directory", folder.toString(), "--"));
    command.addAll(names);
    String _ = run(command, NOTHING, limit);
  }

  /** Lays what was swallowed down beside the archive again. */
  public void disgorge(Path archive, Duration limit) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(extracting(archive));
    command.addAll(List.of("--directory", archive.resolveSibling("").toString(), "--anchored"));
    WHOLE.forEach(name -> command.add("--exclude=" + name));
    String _ = run(command, NOTHING, limit);
  }

  /** Bytes that an archive of everything needs, about. */
  public long size(Duration limit) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(AS_OWN_ROOT);
    command.addAll(List.of("du", "--one-file-system", "--block-size=1", "--summarize", "--total"));
    for (String name : WHOLE) {
      command.add(folders.folder().resolve(name).toString());
    }
    String said = run(command, NOTHING, limit);
    String total = said.strip().substring(said.strip().lastIndexOf(' ') + 1);
    return Long.parseLong(total.split("\t", 2)[0]);
  }

  private List<String> saving(Path archive) {
    List<String> command = new ArrayList<>(AS_OWN_ROOT);
    command.addAll(List.of("tar", "--create", "--file", archive.toString()));
    command.addAll(List.of("--format=posix", "--pax-option=delete=atime,delete=ctime"));
    command.addAll(List.of("--sparse", "--one-file-system", "--numeric-owner"));
    command.addAll(List.of("--warning=no-file-ignored"));
    command.addAll(List.of("--directory", folders.folder().toString()));
    return command;
  }

  /**
   * Lays an archive down. One of everything replaces everything; one of some files is laid over
   * what is there.
   */
  public void unpack(Path archive, Duration limit) throws IOException, InterruptedException {
    String first = TarHead.firstName(archive);
    if (first.isEmpty()) {
      return;
    }
    List<String> command = new ArrayList<>(extracting(archive));
    command.addAll(List.of("--directory", folders.folder().toString(), "--"));
    if (first.equals(FIRST_OF_ALL)) {
      folders.empty();
      command.addAll(WHOLE);
    } else {
      command.add(WHOLE.getFirst());
    }
    String _ = run(command, NOTHING, limit);
  }

  private static List<String> extracting(Path archive) {
    List<String> command = new ArrayList<>(AS_OWN_ROOT);
    command.addAll(List.of("tar", "--extract", "--file", archive.toString()));
    command.addAll(List.of("--preserve-permissions", "--no-same-owner", "--numeric-owner"));
    return command;
  }

  @SuppressWarnings("JdkObsolete") // one thread writes the text, another may read it meanwhile
  private static String run(List<String> command, byte[] input, Duration limit)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(Map.of("LC_ALL", "C", "PATH", "/usr/bin:/bin"));
    Process process = builder.start();
    try {
      StringBuffer said = new StringBuffer();
      Thread listener = Thread.ofVirtual().start(() -> listen(process, said));
      try (OutputStream words = process.getOutputStream()) {
        words.write(input);
      }
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IOException(
            command.get(AS_OWN_ROOT.size()) + " needs longer than " + limit.toSeconds() + " s");
      }
      listener.join(LISTENING);
      if (process.exitValue() != 0) {
        throw new IOException(
            command.get(AS_OWN_ROOT.size()) + " ended with " + process.exitValue() + ": " + said);
      }
      return said.toString();
    } finally {
      process.destroyForcibly();
    }
  }

  /** To the end, so that tar never waits for a reader; what is kept is bounded. */
  @SuppressWarnings("JdkObsolete") // as above
  private static void listen(Process process, StringBuffer said) {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.ISO_8859_1))) {
      for (int c = lines.read(); c >= 0; c = lines.read()) {
        if (said.length() < LONGEST_COMPLAINT) {
          said.append(c == '\n' ? ' ' : (char) c);
        }
      }
    } catch (IOException _) {
      // It was ended.
    }
  }
}
