package io.urubu.shadow.transfer;

import io.urubu.classad.ClassAd;
import io.urubu.shadow.runs.Fault;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The files that a job ad speaks of, as paths on this host. */
final class JobFiles {
  /** The program's name in the scratch directory. */
  static final String EXECUTABLE = "condor_exec.exe";

  static final String STDIN = "_condor_stdin";
  static final String STDOUT = "_condor_stdout";
  static final String STDERR = "_condor_stderr";

  static final Path NOWHERE = Path.of("/dev/null");

  private final ClassAd ad;
  private final Path iwd;

  private JobFiles(ClassAd ad, Path iwd) {
    this.ad = ad;
    this.iwd = iwd;
  }

  static JobFiles of(ClassAd ad) throws FaultException {
    String iwd = ad.string("Iwd").orElse("");
    Path path = path(iwd, Fault.INITIAL_DIRECTORY);
    if (!path.isAbsolute()) {
      throw fault(
          Fault.INITIAL_DIRECTORY,
          "the initial directory '%s' is not absolute; name it from / on".formatted(iwd));
    }
    return new JobFiles(ad, path.normalize());
  }

  Path iwd() {
    return iwd;
  }

  Path resolve(String name, int holdCode) throws FaultException {
    return iwd.resolve(path(name, holdCode)).normalize();
  }

  Optional<Path> executable() throws FaultException {
    if (!ad.bool("TransferExecutable").orElse(true)) {
      return Optional.empty();
    }
    return present("Cmd", Fault.EXECUTABLE);
  }

  Optional<Path> stdin() throws FaultException {
    return present("In", Fault.INPUT).filter(path -> !path.equals(NOWHERE));
  }

  /** Empty where the output is thrown away. */
  Optional<Path> stdout() throws FaultException {
    return present("Out", Fault.OUTPUT).filter(path -> !path.equals(NOWHERE));
  }

  Optional<Path> stderr() throws FaultException {
    return present("Err", Fault.OUTPUT).filter(path -> !path.equals(NOWHERE));
  }

  Optional<Path> eventLog() throws FaultException {
    return present("UserLog", Fault.OUTPUT);
  }

  List<String> inputs() {
    return list("TransferInput");
  }

  /** Empty when the ad does not say: then the job's new files in the top folder are meant. */
  Optional<List<String>> outputs() {
    return ad.has("TransferOutput") ? Optional.of(list("TransferOutput")) : Optional.empty();
  }

  boolean keepsRelativePaths() {
    return ad.bool("PreserveRelativePaths").orElse(false);
  }

  /** The most that the job may move, in bytes; without a limit when the ad names none. */
  long limit(String attribute) {
    long megabytes = ad.integer(attribute).orElse(-1);
    return megabytes < 0 || megabytes > Long.MAX_VALUE >> 20 ? Long.MAX_VALUE : megabytes << 20;
  }

  private Optional<Path> present(String attribute, int holdCode) throws FaultException {
    String name = ad.string(attribute).orElse("");
    return name.isEmpty() ? Optional.empty() : Optional.of(resolve(name, holdCode));
  }

  private List<String> list(String attribute) {
    return Arrays.stream(ad.string(attribute).orElse("").split(",", -1))
        .map(String::strip)
        .filter(entry -> !entry.isEmpty())
        .toList();
  }

  private static Path path(String name, int holdCode) throws FaultException {
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      throw fault(holdCode, "no file can be called like that: " + e.getMessage());
    }
  }

  static FaultException fault(int holdCode, String reason) {
    return new FaultException(Fault.of(holdCode, reason));
  }
}
