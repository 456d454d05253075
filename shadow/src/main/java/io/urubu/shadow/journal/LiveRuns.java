package io.urubu.shadow.journal;

import io.urubu.protocol.id.RunRef;
import io.urubu.shadow.runs.End;
import io.urubu.shadow.runs.Exit;
import io.urubu.shadow.runs.JobRef;
import io.urubu.shadow.runs.Run;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The entries that still matter: those of the newest run of each job, until it is settled. */
final class LiveRuns {
  private final Map<JobRef, List<JournalEntry>> entriesByJob = new LinkedHashMap<>();

  void apply(JournalEntry entry) {
    JobRef job = JobRef.of(entry.run());
    switch (entry) {
      case JournalEntry.Admitted admitted -> admit(job, admitted);
      case JournalEntry.Settled settled -> {
        if (!known(settled.run()).isEmpty()) {
          entriesByJob.remove(job);
        }
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

  private void admit(JobRef job, JournalEntry.Admitted admitted) {
    List<JournalEntry> entries = new ArrayList<>();
    entries.add(admitted);
    // Admitted again, with another ticket: what else is known of the run stays known.
    known(admitted.run()).stream().skip(1).forEach(entries::add);
    entriesByJob.put(job, entries);
  }

  /** The run's entries; empty when it is not the newest of its job. */
  private List<JournalEntry> known(RunRef run) {
    List<JournalEntry> entries = entriesByJob.getOrDefault(JobRef.of(run), List.of());
    return entries.isEmpty() || !entries.getFirst().run().equals(run) ? List.of() : entries;
  }

  /** In an order that brings the same runs about when applied again. */
  List<JournalEntry> entries() {
    return entriesByJob.values().stream().flatMap(List::stream).toList();
  }

  List<Recovered> recovered() {
    return entriesByJob.values().stream().map(LiveRuns::recovered).toList();
  }

  private static Recovered recovered(List<JournalEntry> entries) {
    Run run = ((JournalEntry.Admitted) entries.getFirst()).admitted();
    Optional<Exit> exit = Optional.empty();
    Optional<End> end = Optional.empty();
    boolean published = false;
    List<Path> folders = new ArrayList<>();
    for (JournalEntry entry : entries) {
      switch (entry) {
        case JournalEntry.Admitted _, JournalEntry.Settled _ -> {}
        case JournalEntry.OutputFolder(_, Path folder) -> folders.add(folder);
        case JournalEntry.ExitIntent(_, Exit durable) -> exit = Optional.of(durable);
        case JournalEntry.Published _ -> published = true;
        case JournalEntry.Ended(_, End durable) -> end = Optional.of(durable);
      }
    }
    return new Recovered(run, exit, published, end, folders);
  }
}
