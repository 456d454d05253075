package io.urubu.shadow.desk;

import io.urubu.shadow.transfer.InputItem;
import java.time.Duration;
import java.util.List;

/** The way back to a starter that opened a run. Each but the first ends the stream. */
public interface StarterLine {
  void opened(List<InputItem> inputs, Duration lease);

  void refused(String reason);

  void closed(String reason);

  void finished();

  /** Another stream has taken its place. */
  void dropped();
}
