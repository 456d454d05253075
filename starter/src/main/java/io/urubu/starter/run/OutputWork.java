package io.urubu.starter.run;

import io.urubu.protocol.run.v1.OutputFile;
import io.urubu.starter.scratch.Collection;
import io.urubu.starter.scratch.Collector;
import io.urubu.starter.scratch.Output;
import io.urubu.starter.scratch.RunFolders;
import io.urubu.starter.scratch.ScratchName;
import io.urubu.starter.scratch.TopFiles;
import io.urubu.starter.shadowlink.LinkClosedException;
import io.urubu.starter.shadowlink.OutputTransfer;
import io.urubu.starter.shadowlink.ShadowLink;
import io.urubu.starter.shadowlink.TransferException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Gives a finished job's outputs to the shadow. */
final class OutputWork {
  private final RunFolders folders;
  private final ShadowLink link;
  private final JobProgram job;

  OutputWork(RunFolders folders, ShadowLink link, JobProgram job) {
    this.folders = folders;
    this.link = link;
    this.job = job;
  }

  /** What became of it. */
  sealed interface Outcome {
    record Stored(StoredOutputs outputs) implements Outcome {}

    record Failed(RunEnd.Failed failure) implements Outcome {}
  }

  Outcome store(TopFiles before) throws IOException, LinkClosedException, InterruptedException {
    while (true) {
      // A shadow that opened the run meanwhile may not have what the one before was given.
      int epoch = link.epoch();
      Outcome outcome = storeOnce(before);
      if (epoch == link.epoch()) {
        return outcome;
      }
    }
  }

  private Outcome storeOnce(TopFiles before)
      throws IOException, LinkClosedException, InterruptedException {
    List<Output> outputs = new ArrayList<>();
    List<String> skipped = new ArrayList<>();
    try (Collector streams = Collector.of(folders)) {
      // A job may remove its own output file: then it has none.
      outputs.addAll(streams.named(names(job.streams())).outputs());
    }
    Optional<List<String>> listed = job.outputs();
    try (Collector collector = Collector.of(folders)) {
      Collection found =
          listed.isPresent()
              ? collector.named(names(listed.get()))
              : collector.changed(before, JobProgram.OWN_FILES);
      if (!found.missing().isEmpty()) {
        return userFault("the job did not leave the output " + String.join(", ", found.missing()));
      }
      outputs.addAll(found.outputs());
      skipped.addAll(found.skipped());
      return new Outcome.Stored(store(outputs, skipped, collector, listed.isPresent()));
    } catch (IllegalArgumentException e) {
      return userFault("transfer_output_files: " + e.getMessage());
    } catch (OutputRefusedException e) {
      return userFault(String.valueOf(e.getMessage()));
    } catch (io.urubu.starter.scratch.TooManyOutputsException e) {
      return userFault(String.valueOf(e.getMessage()));
    } catch (TransferException e) {
      return new Outcome.Failed(RunEnd.Failed.ofMachine(String.valueOf(e.getMessage())));
    }
  }

  private static Outcome userFault(String reason) {
    return new Outcome.Failed(RunEnd.Failed.ofUser(RunEnd.Failed.OUTPUT, reason));
  }

  private StoredOutputs store(
      List<Output> outputs, List<String> skipped, Collector collector, boolean isListed)
      throws IOException,
          TransferException,
          OutputRefusedException,
          LinkClosedException,
          InterruptedException {
    List<OutputFile> stored = new ArrayList<>();
    OutputTransfer transfer = new OutputTransfer(link);
    for (Output output : outputs) {
      String name = output.name().toString();
      try {
        stored.add(
            transfer.store(
                new OutputTransfer.Target(name, output.mode(), 0), () -> collector.open(output)));
      } catch (java.nio.file.AccessDeniedException _) {
        throw new OutputRefusedException("the job took the right to read '" + name + "' away");
      } catch (TransferException e) {
        if (!e.isRefusal()) {
          throw e;
        }
        if (isListed) {
          throw new OutputRefusedException(String.valueOf(e.getMessage()));
        }
        skipped.add(String.valueOf(e.getMessage()));
      }
    }
    return new StoredOutputs(stored, skipped);
  }

  private static List<ScratchName> names(List<String> names) {
    Set<ScratchName> all = new LinkedHashSet<>();
    names.forEach(name -> all.add(ScratchName.of(name)));
    return List.copyOf(all);
  }

  /** An output that the user asked for and that cannot be had. */
  private static final class OutputRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    OutputRefusedException(String message) {
      super(message);
    }
  }
}
