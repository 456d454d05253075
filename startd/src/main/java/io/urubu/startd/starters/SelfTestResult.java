package io.urubu.startd.starters;

import java.util.List;
import java.util.Optional;

/** What the starter's program found out about this machine. */
public sealed interface SelfTestResult {
  /** Jobs cannot be boxed in. */
  record Unfit(String reason) implements SelfTestResult {}

  /**
   * Jobs can be boxed in.
   *
   * @param backends the ways to save a running job
   * @param platform machines with the same text can go on with each other's images
   * @param missing a backend that is not there, why, and what mends it
   */
  record Fit(List<String> backends, String platform, Optional<String> missing)
      implements SelfTestResult {
    public Fit {
      backends = List.copyOf(backends);
    }
  }
}
