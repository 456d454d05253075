package io.urubu.starter.checkpoint;

import io.urubu.classad.ClassAd;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What a job's ad says about saving it.
 *
 * @param wanted empty leaves the choice to the machine
 * @param exitCode with which the program says that it has saved its own state
 * @param signal which makes the program save its state and end so
 * @param files of its scratch folder that are its state; empty means all
 * @param streams the files in its scratch folder for its standard output and error
 */
public record SaveOrder(
    Optional<Backend> wanted,
    OptionalInt exitCode,
    OptionalInt signal,
    List<String> files,
    List<String> streams) {
  private static final int SIGTERM = 15;
  private static final int USUAL_CODE = 85;

  public SaveOrder {
    files = List.copyOf(files);
    streams = List.copyOf(streams);
  }

  /** Reads a job's ad. */
  public static SaveOrder of(ClassAd job, List<String> streams) {
    OptionalLong code = job.integer("CheckpointExitCode");
    boolean wantsSignal = job.bool("WantCheckpointSignal").orElse(false);
    // A signal without a code: the one that HTCondor's manual recommends.
    boolean isSelf = code.isPresent() || wantsSignal;
    return new SaveOrder(
        job.string("WantCheckpointBackend").flatMap(Backend::of),
        isSelf ? OptionalInt.of((int) code.orElse(USUAL_CODE)) : OptionalInt.empty(),
        wantsSignal
            ? OptionalInt.of((int) job.integer("CheckpointSig").orElse(SIGTERM))
            : OptionalInt.empty(),
        job.string("TransferCheckpoint").map(SaveOrder::names).orElse(List.of()),
        streams);
  }

  private static List<String> names(String list) {
    return Arrays.stream(list.split(",", -1))
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .toList();
  }

  /** The program saves itself. */
  boolean isSelf() {
    return exitCode.isPresent() || signal.isPresent();
  }
}
