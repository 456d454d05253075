package io.urubu.starter.run;

import io.urubu.protocol.run.v1.OutputFile;
import java.util.List;

/**
 * What the shadow has of a run's outputs.
 *
 * @param skipped sentences on what was left out
 */
record StoredOutputs(List<OutputFile> files, List<String> skipped) {
  static final StoredOutputs NONE = new StoredOutputs(List.of(), List.of());

  StoredOutputs {
    files = List.copyOf(files);
    skipped = List.copyOf(skipped);
  }
}
