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

  /** How that job is to be saved here. */
  public Choice choose(SaveOrder order, Program program, RunFolders folders) {
    if (order.wanted().isPresent()) {
      Backend wanted = order.wanted().get();
      return abilities.has(wanted)
          ? new Choice(wanted, "")
          : new Choice(Backend.NONE, abilities.missing().getOrDefault(wanted, ""));
    }
    return order.isSelf() ? new Choice(Backend.SELF, "") : new Choice(Backend.NONE, "");
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
