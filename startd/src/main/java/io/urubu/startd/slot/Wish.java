package io.urubu.startd.slot;

/** What is wished of a run that goes on; the starter carries it out. */
public sealed interface Wish {
  /** The user wants it to stand still, whatever the owner's policy says. */
  record Suspend(String reason) implements Wish {}

  /** The user wants it no longer to stand still. */
  record Continue() implements Wish {}

  /** Its state is to be saved soon. */
  record Checkpoint() implements Wish {}
}
