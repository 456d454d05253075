package io.urubu.shadow.journal;

import io.urubu.protocol.id.RunRef;
import io.urubu.shadow.runs.End;
import io.urubu.shadow.runs.Exit;
import io.urubu.shadow.runs.JobCheckpoints;
import io.urubu.shadow.runs.Run;
import java.nio.file.Path;

/** One durable fact about a run. */
public sealed interface JournalEntry {
  RunRef run();

  /** The run has the rights, and no earlier run of the job has any. */
  record Admitted(Run admitted) implements JournalEntry {
    @Override
    public RunRef run() {
      return admitted.ref();
    }
  }

  /** Hidden temporaries of the run may lie in this folder. */
  record OutputFolder(RunRef run, Path folder) implements JournalEntry {}

  /** The program ended; the outputs are on their way to their places. */
  record ExitIntent(RunRef run, Exit exit) implements JournalEntry {}

  /** The outputs of the exit are in their places. */
  record Published(RunRef run) implements JournalEntry {}

  /** The run is over without an exit. */
  record Ended(RunRef run, End end) implements JournalEntry {}

  /** What is known from now on of the checkpoints of the run's job. */
  record Checkpoints(RunRef run, JobCheckpoints known) implements JournalEntry {}

  /** The schedd has committed the run's end. */
  record Settled(RunRef run) implements JournalEntry {}
}
