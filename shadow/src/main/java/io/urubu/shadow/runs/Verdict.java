package io.urubu.shadow.runs;

import io.urubu.protocol.id.RunRef;
import java.util.List;

/**
 * What the schedd made of a prepared generation.
 *
 * @param reason why it was not accepted
 * @param kept the generations that count from now on, newest first
 */
public record Verdict(
    RunRef run, int generation, boolean accepted, String reason, List<Integer> kept) {
  public Verdict {
    kept = List.copyOf(kept);
  }
}
