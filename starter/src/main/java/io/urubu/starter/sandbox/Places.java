package io.urubu.starter.sandbox;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The folders of one run that its sandbox shows.
 *
 * @param scratch seen as {@code /scratch}
 * @param temporary seen as {@code /tmp}
 * @param variable seen as {@code /var/tmp}
 * @param etc holds the generated files of {@code /etc}
 * @param checkpoint for a job that a library saves from within
 */
public record Places(
    Path scratch, Path temporary, Path variable, Path etc, Optional<CheckpointPlaces> checkpoint) {
  public Places(Path scratch, Path temporary, Path variable, Path etc) {
    this(scratch, temporary, variable, etc, Optional.empty());
  }

  public Places with(CheckpointPlaces checkpoint) {
    return new Places(scratch, temporary, variable, etc, Optional.of(checkpoint));
  }
}
