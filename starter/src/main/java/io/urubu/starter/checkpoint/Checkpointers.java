package io.urubu.starter.checkpoint;

import io.urubu.starter.imagefolder.ImageFolder;
import io.urubu.starter.sandbox.Program;
import io.urubu.starter.scratch.RunFolders;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Makes the checkpointers of this machine's runs. */
public final class Checkpointers {
  private final Abilities abilities;
  private final Times times;

  public Checkpointers(Abilities abilities, InstantSource clock, LongSupplier ticker) {
    this.abilities = abilities;
    this.times = new Times(clock, ticker);
  }

  public Abilities abilities() {
    return abilities;
  }

  /** How that job is to be saved here; nothing but its inputs has been laid down. */
  public Choice choose(SaveOrder order, Program program, RunFolders folders) {
    Optional<Backend> wanted = order.wanted();
    if (wanted.isEmpty()) {
      return order.isSelf()
          ? new Choice(Backend.SELF, "")
          : orNone(Backend.DMTCP, program, folders);
    }
    if (wanted.get() == Backend.SELF && !order.isSelf()) {
      return new Choice(
          Backend.NONE, "it names neither checkpoint_exit_code nor checkpoint_signal");
    }
    return orNone(wanted.get(), program, folders);
  }

  private Choice orNone(Backend backend, Program program, RunFolders folders) {
    Optional<String> reason =
        abilities.has(backend)
            ? Optional.of(backend)
                .filter(Backend.DMTCP::equals)
                .flatMap(_ -> new ProgramKind(folders).whyUnsavable(program.words().getFirst()))
            : Optional.of(
                abilities.missing().getOrDefault(backend, "this machine does not have it"));
    return reason.map(why -> new Choice(Backend.NONE, why)).orElse(new Choice(backend, ""));
  }

  /**
   * The checkpointer of one run.
   *
   * @param images of this run alone; without it no {@link Backend#DMTCP}
   * @throws IllegalArgumentException when this machine does not have that backend
   */
  public Checkpointer of(
      Backend backend, RunFolders folders, SaveOrder order, Optional<ImageFolder> images) {
    return switch (backend) {
      case NONE -> new NoCheckpointer();
      case SELF -> new SelfCheckpointer(order, folders, times);
      case DMTCP ->
          new DmtcpCheckpointer(
              folders,
              images.orElseThrow(
                  () -> new IllegalArgumentException("no image folder for a job of DMTCP")),
              abilities.platform(),
              times,
              DmtcpCheckpointer.CutMoment.WHILE_ALL_STANDS_STILL);
    };
  }
}
