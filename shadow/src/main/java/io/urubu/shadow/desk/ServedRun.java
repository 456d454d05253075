package io.urubu.shadow.desk;

import io.urubu.shadow.runs.Run;
import io.urubu.shadow.transfer.InputItem;
import io.urubu.shadow.transfer.InputManifest;
import io.urubu.shadow.transfer.OutputStore;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** A run whose files starters may use, as long as its gate is open. Any thread may call. */
public final class ServedRun {
  private final AtomicReference<Run> run;
  private final OutputStore outputs;
  private final RunGate gate = new RunGate();
  private final AtomicReference<Optional<InputManifest>> inputs =
      new AtomicReference<>(Optional.empty());
  private final AtomicLong sent = new AtomicLong();

  ServedRun(Run run, OutputStore outputs) {
    this.run = new AtomicReference<>(run);
    this.outputs = outputs;
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
