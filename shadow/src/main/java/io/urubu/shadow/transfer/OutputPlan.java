package io.urubu.shadow.transfer;

import io.urubu.classad.ClassAd;
import io.urubu.shadow.runs.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which outputs a job may leave behind, and where they belong. */
public final class OutputPlan {
  private final JobFiles files;
  private final Optional<List<Listed>> listed;
  private final List<Path> inputs;

  private OutputPlan(JobFiles files, Optional<List<Listed>> listed, List<Path> inputs) {
    this.files = files;
    this.listed = listed;
    this.inputs = inputs;
  }

  /** Where an output goes. */
  sealed interface Place {
    /** The job's standard output or error: a link at its end is followed. */
    record Stream(Path target) implements Place {}

    /** A file in or beneath the initial directory. */
    record Beneath(Path target) implements Place {}

    /** Taken from the starter and thrown away. */
    record Nowhere(String reason) implements Place {}
  }

  /** An entry of the job's list of outputs. */
  private record Listed(String entry, String published) {

    Optional<String> target(String name) {
      if (name.equals(entry)) {
        return Optional.of(published.isEmpty() ? name : published);
      }
      if (!name.startsWith(entry + "/")) {
        return Optional.empty();
      }
      String rest = name.substring(entry.length() + 1);
      return Optional.of(published.isEmpty() ? rest : published + "/" + rest);
    }
  }

  /**
   * Reads the ad and looks whether what is known beforehand can work.
   *
   * @throws FaultException when an output could never be put in its place
   */
  public static OutputPlan of(ClassAd jobAd) throws FaultException {
    JobFiles files = JobFiles.of(jobAd);
    for (Optional<Path> stream : List.of(files.stdout(), files.stderr())) {
      if (stream.isPresent()) {
        checkStream(files, stream.get());
      }
    }
    Optional<List<Listed>> listed = Optional.empty();
    if (files.outputs().isPresent()) {
      listed = Optional.of(listed(files.outputs().get(), files.keepsRelativePaths()));
    }
    return new OutputPlan(files, listed, inputs(files));
  }

  private static void checkStream(JobFiles files, Path target) throws FaultException {
    if (isSame(files.eventLog(), target)) {
      throw JobFiles.fault(
          Fault.OUTPUT, target + ": is the job's event log; choose another file for its output");
    }
    if (target.getParent() == null || !Files.isDirectory(target.getParent())) {
      throw JobFiles.fault(Fault.OUTPUT, target + ": its folder does not exist; make it");
    }
    if (Files.isDirectory(target)) {
      throw JobFiles.fault(Fault.OUTPUT, target + ": is a folder; choose another name");
    }
  }

  private static List<Listed> listed(List<String> entries, boolean keepsPaths)
      throws FaultException {
    List<Listed> listed = new ArrayList<>();
    for (String entry : entries) {
      String plain =
          entry.replaceAll("/+", "/").replaceFirst("^(\\./)+", "").replaceFirst("/$", "");
      try {
        OutputName.check(plain);
      } catch (RefusedException e) {
        throw JobFiles.fault(
            Fault.OUTPUT, e.getMessage() + "; name outputs relative to the scratch directory");
      }
      String last = keepsPaths ? plain : plain.substring(plain.lastIndexOf('/') + 1);
      listed.add(new Listed(plain, entry.endsWith("/") ? "" : last));
    }
    return listed;
  }

  private static List<Path> inputs(JobFiles files) throws FaultException {
    List<Path> inputs = new ArrayList<>();
    for (String entry : files.inputs()) {
      inputs.add(files.resolve(entry, Fault.INPUT));
    }
    files.stdin().ifPresent(inputs::add);
    files.executable().ifPresent(inputs::add);
    return inputs;
  }

  /**
   * Where the output of that name belongs.
   *
   * @throws RefusedException when the job has no such output
   */
  Place place(String name) throws RefusedException, FaultException {
    OutputName.check(name);
    return switch (name) {
      case JobFiles.STDOUT -> stream(files.stdout());
      case JobFiles.STDERR -> stream(files.stderr());
      case JobFiles.STDIN, JobFiles.EXECUTABLE ->
          throw new RefusedException("output '" + name + "': is the job's input");
      default -> listed.isPresent() ? listed(name, listed.get()) : unlisted(name);
    };
  }

  private static Place stream(Optional<Path> target) {
    return target
        .<Place>map(Place.Stream::new)
        .orElseGet(() -> new Place.Nowhere("the job names no file for it"));
  }

  private Place listed(String name, List<Listed> entries) throws RefusedException, FaultException {
    for (Listed entry : entries) {
      Optional<String> target = entry.target(name);
      if (target.isPresent()) {
        Path path = files.iwd().resolve(target.get());
        return isSame(files.eventLog(), path)
            ? new Place.Nowhere("it would replace the job's event log")
            : new Place.Beneath(path);
      }
    }
    throw new RefusedException("output '" + name + "': is not among the job's outputs");
  }

  /**
   * Without a list the workstation chooses the names. It may make new files, but not replace what
   * the user gave the job, nor make a hidden one that a shell or another program would obey.
   */
  private Place unlisted(String name) throws RefusedException, FaultException {
    if (name.contains("/")) {
      throw new RefusedException(
          "output '" + name + "': only plain files are meant without a list");
    }
    Path path = files.iwd().resolve(name);
    if (name.startsWith(".")) {
      return new Place.Nowhere("hidden files are only kept when transfer_output_files names them");
    }
    if (isSame(files.eventLog(), path)) {
      return new Place.Nowhere("it would replace the job's event log");
    }
    for (Path input : inputs) {
      if (isSame(Optional.of(input), path)) {
        return new Place.Nowhere("it would replace an input of the job");
      }
    }
    return new Place.Beneath(path);
  }

  private static boolean isSame(Optional<Path> one, Path other) {
    if (one.isEmpty()) {
      return false;
    }
    try {
      return one.get().equals(other) || Files.isSameFile(one.get(), other);
    } catch (IOException _) {
      // One of them does not exist, so they are two.
      return false;
    }
  }

  Path iwd() {
    return files.iwd();
  }

  /** The most bytes of all outputs together. */
  long limit() {
    return files.limit("MaxTransferOutputMB");
  }
}
