package io.urubu.starter.scratch;

import java.util.List;

/**
 * What was found of a job's output.
 *
 * @param missing entries of the job's list that are not there
 * @param skipped sentences for the user on what was left out, and why
 */
public record Collection(List<Output> outputs, List<String> missing, List<String> skipped) {
  public Collection {
    outputs = List.copyOf(outputs);
    missing = List.copyOf(missing);
    skipped = List.copyOf(skipped);
  }
}
