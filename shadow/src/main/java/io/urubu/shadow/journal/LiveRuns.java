package io.urubu.shadow.journal;

import io.urubu.protocol.id.RunRef;
import io.urubu.shadow.runs.End;
import io.urubu.shadow.runs.Exit;
import io.urubu.shadow.runs.JobCheckpoints;
import io.urubu.shadow.runs.JobRef;
import io.urubu.shadow.runs.Run;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The entries that still matter: those of the newest run of each job, until it is settled, and the
 * checkpoints of jobs that have such a run or wait for the schedd's answer.
 */
final class LiveRuns {
  private final Map<JobRef, List<JournalEntry>> entriesByJob = new LinkedHashMap<>();
  private final Map<JobRef, JournalEntry.Checkpoints> checkpointsByJob = new LinkedHashMap<>();

  void apply(JournalEntry entry) {
    JobRef job = JobRef.of(entry.run());
    switch (entry) {
      case JournalEntry.Admitted admitted -> admit(job, admitted);
      case JournalEntry.Settled settled -> {
        if (!known(settled.run()).isEmpty()) {
          entriesByJob.remove(job);
          forgetCheckpoints(job);
        }
      }
      case JournalEntry.Checkpoints checkpoints -> {
        checkpointsByJob.put(job, checkpoints);
        forgetCheckpoints(job);
      }
      case JournalEntry.OutputFolder _,
          JournalEntry.ExitIntent _,
          JournalEntry.Published _,
          JournalEntry.Ended _ -> {
        List<JournalEntry> known = known(entry.run());
        if (!known.isEmpty()) {
          known.add(entry);
        }
      }
    }
  }

  /**
   * Without a run the next admission tells what is committed; only what is pending is not known.
   */
  private void forgetCheckpoints(JobRef job) {
    JournalEntry.Checkpoints last = checkpointsByJob.get(job);
    if (last != null && last.known().pending().isEmpty() && !entriesByJob.containsKey(job)) {
      checkpointsByJob.remove(job);
    }
  }

  private void admit(JobRef job, JournalEntry.Admitted admitted) {
    List<JournalEntry> entries = new ArrayList<>();
    entries.add(admitted);
    // Admitted again, with another ticket: what else is known of the run stays known.
    known(admitted.run()).stream().skip(1).forEach(entries::add);
    entriesByJob.put(job, entries);
    Run run = admitted.admitted();
    checkpointsByJob.computeIfPresent(
        job,
        (_, last) ->
            new JournalEntry.Checkpoints(
                run.ref(), last.known().admitted(run.ref(), run.generations())));
  }

  /** The run's entries; empty when it is not the newest of its job. */
  private List<JournalEntry> known(RunRef run) {
    List<JournalEntry> entries = entriesByJob.getOrDefault(JobRef.of(run), List.of());
    return entries.isEmpty() || !entries.getFirst().run().equals(run) ? List.of() : entries;
  }

  /** In an order that brings the same runs about when applied again. */
  List<JournalEntry> entries() {
    List<JournalEntry> entries = new ArrayList<>();
    entriesByJob.values().forEach(entries::addAll);
    entries.addAll(checkpointsByJob.values());
    return entries;
  }

  List<Recovered> recovered() {
    return entriesByJob.values().stream().map(LiveRuns::recovered).toList();
  }

  /** Also of jobs whose runs are all settled, while something waits for the schedd's answer. */
  Map<JobRef, JobCheckpoints> checkpoints() {
    Map<JobRef, JobCheckpoints> known = new LinkedHashMap<>();
    entriesByJob.forEach(
        (job, entries) -> {
          Run run = ((JournalEntry.Admitted) entries.getFirst()).admitted();
          known.put(job, JobCheckpoints.NONE.admitted(run.ref(), run.generations()));
        });
    checkpointsByJob.forEach((job, last) -> known.put(job, last.known()));
    return known;
  }

  private static Recovered recovered(List<JournalEntry> entries) {
    Run run = ((JournalEntry.Admitted) entries.getFirst()).admitted();
    Optional<Exit> exit = Optional.empty();
    Optional<End> end = Optional.empty();
    boolean published = false;
    List<Path> folders = new ArrayList<>();
    for (JournalEntry entry : entries) {
      switch (entry) {
        case JournalEntry.Admitted _, JournalEntry.Checkpoints _, JournalEntry.Settled _ -> {}
        case JournalEntry.OutputFolder(_, Path folder) -> folders.add(folder);
        case JournalEntry.ExitIntent(_, Exit durable) -> exit = Optional.of(durable);
        case JournalEntry.Published _ -> published = true;
        case JournalEntry.Ended(_, End durable) -> end = Optional.of(durable);
      }
    }
    return new Recovered(run, exit, published, end, folders);
  }
}
