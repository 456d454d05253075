package io.urubu.shadow.desk;

import io.urubu.checkpoint.StoredGeneration;
import io.urubu.shadow.runs.Run;
import io.urubu.shadow.transfer.InputItem;
import io.urubu.shadow.transfer.InputManifest;
import io.urubu.shadow.transfer.OutputStore;
import io.urubu.shadow.transfer.RunCheckpoints;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** A run whose files starters may use, as long as its gate is open. Any thread may call. */
public final class ServedRun {
  private final AtomicReference<Run> run;
  private final OutputStore outputs;
  private final RunCheckpoints checkpoints;
  private final RunGate gate = new RunGate();
  private final AtomicReference<Optional<InputManifest>> inputs =
      new AtomicReference<>(Optional.empty());
  private final AtomicReference<Optional<StoredGeneration>> restored =
      new AtomicReference<>(Optional.empty());
  private final AtomicLong sent = new AtomicLong();

  ServedRun(Run run, OutputStore outputs, RunCheckpoints checkpoints) {
    this.run = new AtomicReference<>(run);
    this.outputs = outputs;
    this.checkpoints = checkpoints;
  }

  public Run run() {
    return run.get();
  }

  /** The schedd admitted the same run again, with another ticket. */
  void readmitted(Run again) {
    run.set(again);
  }

  public RunGate gate() {
    return gate;
  }

  public OutputStore outputs() {
    return outputs;
  }

  public RunCheckpoints checkpoints() {
    return checkpoints;
  }

  /** The generation of that number, when it is the one from which the run goes on. */
  public Optional<StoredGeneration> restored(int number) {
    return restored.get().filter(it -> it.recipe().generation() == number);
  }

  Optional<StoredGeneration> restored() {
    return restored.get();
  }

  void restoring(StoredGeneration generation) {
    restored.set(Optional.of(generation));
  }

  /** The file of that number in what the starter was told last. */
  public Optional<InputItem> input(int index) {
    return inputs.get().flatMap(manifest -> manifest.file(index));
  }

  void listed(InputManifest manifest) {
    inputs.set(Optional.of(manifest));
  }

  /** Counts input that went to the starter. */
  public void countSent(long bytes) {
    sent.addAndGet(bytes);
  }

  long sent() {
    return sent.get();
  }
}
