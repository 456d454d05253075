package io.urubu.shadow.desk;

import io.urubu.checkpoint.Recipe;
import io.urubu.shadow.runs.Answer;
import io.urubu.shadow.transfer.InputItem;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The way back to a starter that opened a run. Each but the first two ends the stream. */
public interface StarterLine {
  /**
   * The run is the starter's.
   *
   * @param restore the checkpoint from which the job goes on; empty: it begins, or runs already
   */
  void opened(List<InputItem> inputs, Duration lease, Optional<Recipe> restore);

  /** What became of a checkpoint. */
  void answered(Answer answer);

  void refused(String reason);

  void closed(String reason);

  void finished();

  /** Another stream has taken its place. */
  void dropped();
}
