package io.urubu.starter.run;

import io.urubu.classad.ClassAd;
import io.urubu.classad.ClassAdSyntaxException;
import io.urubu.protocol.run.v1.InputFile;
import io.urubu.protocol.run.v1.Restore;
import io.urubu.starter.checkpoint.Backend;
import io.urubu.starter.checkpoint.Checkpointer;
import io.urubu.starter.checkpoint.Checkpointers;
import io.urubu.starter.checkpoint.Choice;
import io.urubu.starter.checkpoint.RestartException;
import io.urubu.starter.checkpoint.SaveOrder;
import io.urubu.starter.imagefolder.ImageFolder;
import io.urubu.starter.sandbox.Program;
import io.urubu.starter.scratch.RunFolders;
import io.urubu.starter.scratch.TopFiles;
import io.urubu.starter.shadowlink.LinkClosedException;
import io.urubu.starter.shadowlink.ShadowLink;
import io.urubu.starter.shadowlink.TransferException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lays down all that a run's program needs, from its inputs or from its last checkpoint. */
final class Preparation {
  private static final Logger log = LoggerFactory.getLogger(Preparation.class);

  /** The folder of the generation from which a job comes back; those it makes count from 1. */
  static final int RESTORED = 0;

  private final RunOrder order;
  private final JobProgram job;
  private final RunFolders folders;
  private final ShadowLink link;
  private final Checkpointers checkpointers;
  private final Duration limit;

  Preparation(RunOrder order, JobProgram job, RunFolders folders, ShadowLink link, RunPlace place) {
    this.order = order;
    this.job = job;
    this.folders = folders;
    this.link = link;
    this.checkpointers = place.checkpointers();
    this.limit = place.checkpointTimeout();
  }

  /**
   * A run that can start.
   *
   * @param before what lay in the top of the scratch folder when the job began
   */
  record Prepared(Program program, Checkpointer checkpointer, TopFiles before) {}

  /** This machine cannot do it, or the user has to mend something. */
  static final class UnpreparedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient RunEnd.Failed failure;

    UnpreparedException(RunEnd.Failed failure) {
      super(failure.reason());
      this.failure = failure;
    }

    RunEnd.Failed failure() {
      return failure;
    }
  }

  /**
   * @param images for what a library saves from within; without it there is none
   * @throws IOException when this machine cannot take the files: its disk is full, for one
   */
  Prepared prepare(List<InputFile> inputs, Optional<Restore> restore, Optional<ImageFolder> images)
      throws UnpreparedException,
          IOException,
          TransferException,
          LinkClosedException,
          InterruptedException {
    SaveOrder saving = SaveOrder.of(order.jobAd(), job.streams());
    Optional<Backend> last = Optional.empty();
    if (restore.isPresent()) {
      last = Optional.of(backendOf(restore.get()));
    }
    new InputWork(folders, link).lay(inputs);
    Set<String> paths = inputs.stream().map(InputFile::getPath).collect(Collectors.toSet());
    Program program = job.program(paths);
    Backend backend = last.isPresent() ? last.get() : choose(saving, program);
    Checkpointer checkpointer = checkpointers.of(backend, folders, saving, images);
    boolean isReady = false;
    try {
      TopFiles before = before(restore, checkpointer);
      isReady = true;
      return new Prepared(program, checkpointer, before);
    } finally {
      if (!isReady) {
        checkpointer.close();
      }
    }
  }

  private TopFiles before(Optional<Restore> restore, Checkpointer checkpointer)
      throws UnpreparedException, IOException, LinkClosedException, InterruptedException {
    TopFiles before = folders.top();
    if (restore.isPresent()) {
      before = restore(restore.get(), checkpointer, before);
    }
    folders.write(JobProgram.JOB_AD, order.jobAd().toLines());
    folders.write(JobProgram.MACHINE_AD, job.machineAd().toLines());
    folders.write(JobProgram.INPUTS_AD, before.toAd().toString());
    return before;
  }

  private Backend choose(SaveOrder saving, Program program) throws UnpreparedException {
    Choice choice = checkpointers.choose(saving, program, folders);
    Backend wanted = saving.wanted().orElse(choice.backend());
    if (wanted != choice.backend()) {
      String reason = "checkpoint_backend = %s: %s".formatted(wanted.label(), choice.reason());
      // Another machine may have it; a program that cannot be saved cannot be saved anywhere.
      throw new UnpreparedException(
          checkpointers.abilities().backends().contains(wanted)
              ? RunEnd.Failed.ofUser(RunEnd.Failed.PROGRAM, reason + "; use auto, self or none")
              : RunEnd.Failed.ofMachine(reason));
    }
    log.atInfo()
        .addKeyValue("run", order.run())
        .addKeyValue("backend", choice.backend().label())
        .addKeyValue("reason", choice.reason())
        .log("chose how the job is saved");
    return choice.backend();
  }

  private Backend backendOf(Restore restore) throws UnpreparedException {
    Optional<Backend> backend =
        Backend.of(restore.getBackend()).filter(checkpointers.abilities().backends()::contains);
    String own = checkpointers.abilities().platform();
    if (backend.isEmpty()) {
      throw failed(restore, false, "this machine has no backend '" + restore.getBackend() + "'");
    }
    if (!restore.getPlatform().isEmpty() && !restore.getPlatform().equals(own)) {
      throw failed(
          restore,
          false,
          "it was taken on platform '%s', this machine is '%s'"
              .formatted(restore.getPlatform(), own));
    }
    return backend.get();
  }

  private TopFiles restore(Restore restore, Checkpointer checkpointer, TopFiles laid)
      throws UnpreparedException, IOException, LinkClosedException, InterruptedException {
    try {
      folders.makeGeneration(RESTORED);
      new GenerationFetch(folders, link).fetch(restore);
      checkpointer.unpack(folders.generation(RESTORED), limit);
    } catch (TransferException e) {
      throw failed(restore, e.isRefusal(), String.valueOf(e.getMessage()));
    } catch (GenerationFetch.DamagedException e) {
      throw failed(restore, true, String.valueOf(e.getMessage()));
    } catch (RestartException e) {
      throw failed(restore, e.isDamaged(), String.valueOf(e.getMessage()));
    }
    return inputsOfOld().orElse(laid);
  }

  /** As the run wrote them in which the job began; all files of the archive are new here. */
  private Optional<TopFiles> inputsOfOld() throws IOException {
    Optional<String> text = folders.read(JobProgram.INPUTS_AD);
    try {
      return text.isPresent()
          ? Optional.of(TopFiles.of(ClassAd.parse(text.get())))
          : Optional.empty();
    } catch (ClassAdSyntaxException _) {
      return Optional.empty();
    }
  }

  private static UnpreparedException failed(Restore restore, boolean isDamaged, String reason) {
    return new UnpreparedException(
        RunEnd.Failed.ofGeneration(
            restore.getGeneration(),
            isDamaged,
            "checkpoint %d: %s".formatted(restore.getGeneration(), reason)));
  }
}
