package io.urubu.shadow.journal;

import io.urubu.shadow.runs.End;
import io.urubu.shadow.runs.Exit;
import io.urubu.shadow.runs.Run;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What the journal knows of a run that is not settled.
 *
 * @param exit present when the program's end is durable
 * @param published true when the outputs of that exit are in their places
 * @param end present when the run ended otherwise
 * @param folders where hidden temporaries of the run may lie
 */
public record Recovered(
    Run run, Optional<Exit> exit, boolean published, Optional<End> end, List<Path> folders) {}
