package io.urubu.shadow.transfer;

import io.urubu.classad.ClassAd;
import io.urubu.shadow.runs.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a job needs in its scratch directory, in the order in which it is laid down. A file's number
 * is its place in the list; starters ask by number only.
 */
public final class InputManifest {
  private final List<InputItem> items;

  private InputManifest(List<InputItem> items) {
    this.items = items;
  }

  /**
   * Looks at the user's files as they are now.
   *
   * @throws FaultException naming the file that is missing or may not be read
   */
  public static InputManifest of(ClassAd jobAd) throws FaultException {
    JobFiles files = JobFiles.of(jobAd);
    checkInitialDirectory(files.iwd());
    Map<String, InputItem> items = new LinkedHashMap<>();
    InputWalk walk = new InputWalk(items);
    for (String entry : files.inputs()) {
      walk.add(entry, source(files, entry));
    }
    Optional<Path> stdin = files.stdin();
    if (stdin.isPresent()) {
      walk.single(JobFiles.STDIN, stdin.get(), Fault.INPUT, 0644);
    }
    Optional<Path> executable = files.executable();
    if (executable.isPresent()) {
      walk.single(JobFiles.EXECUTABLE, executable.get(), Fault.EXECUTABLE, 0755);
    }
    checkSize(items, files.limit("MaxTransferInputMB"));
    return new InputManifest(List.copyOf(items.values()));
  }

  private static Path source(JobFiles files, String entry) throws FaultException {
    if (entry.contains("://")) {
      throw JobFiles.fault(
          Fault.INPUT, "input '" + entry + "' is a URL; name a file of the submit host");
    }
    return files.resolve(entry, Fault.INPUT);
  }

  private static void checkInitialDirectory(Path iwd) throws FaultException {
    try {
      if (!Files.readAttributes(iwd, BasicFileAttributes.class).isDirectory()) {
        throw JobFiles.fault(
            Fault.INITIAL_DIRECTORY, iwd + ": is no folder; name one as initial directory");
      }
    } catch (IOException e) {
      throw InputWalk.unusable(Fault.INITIAL_DIRECTORY, "the initial directory", iwd, e);
    }
    if (!Files.isExecutable(iwd)) {
      throw JobFiles.fault(
          Fault.INITIAL_DIRECTORY, iwd + ": may not be entered; allow it (chmod +x)");
    }
  }

  private static void checkSize(Map<String, InputItem> items, long limit) throws FaultException {
    long sum = items.values().stream().mapToLong(InputItem::size).sum();
    if (sum > limit) {
      throw JobFiles.fault(
          Fault.INPUT,
          "the input has %d bytes, max_transfer_input_mb allows %d".formatted(sum, limit));
    }
  }

  public List<InputItem> items() {
    return items;
  }

  /** Empty for a number that stands for no file. */
  public Optional<InputItem> file(int index) {
    return index < 0 || index >= items.size() || items.get(index).isFolder()
        ? Optional.empty()
        : Optional.of(items.get(index));
  }
}
