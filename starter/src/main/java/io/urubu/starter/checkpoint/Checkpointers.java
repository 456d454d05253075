package io.urubu.starter.checkpoint;

import io.urubu.starter.sandbox.Program;
import io.urubu.starter.scratch.RunFolders;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Makes the checkpointers of this machine's runs. */
public final class Checkpointers {
  private final Abilities abilities;
  private final InstantSource clock;
  private final LongSupplier ticker;

  public Checkpointers(Abilities abilities, InstantSource clock, LongSupplier ticker) {
    this.abilities = abilities;
    this.clock = clock;
    this.ticker = ticker;
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
   * @param images of this run alone; without it no {@link Backend#DMTCP}
   * @throws IllegalArgumentException when this machine does not have that backend
   */
  public Checkpointer of(
      Backend backend, RunFolders folders, SaveOrder order, Optional<ImagePlace> images) {
    throw new IllegalArgumentException(
        backend + " " + folders + order + images + clock.instant() + ticker.getAsLong());
  }
}
