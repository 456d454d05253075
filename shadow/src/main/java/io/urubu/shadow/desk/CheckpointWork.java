package io.urubu.shadow.desk;

import io.urubu.checkpoint.CheckpointStore;
import io.urubu.checkpoint.DamagedException;
import io.urubu.checkpoint.JobName;
import io.urubu.checkpoint.StoreException;
import io.urubu.checkpoint.StoredGeneration;
import io.urubu.checkpoint.Usage;
import io.urubu.classad.ClassAd;
import io.urubu.protocol.id.RunRef;
import io.urubu.shadow.journal.Journal;
import io.urubu.shadow.journal.JournalEntry;
import io.urubu.shadow.runs.Answer;
import io.urubu.shadow.runs.Generation;
import io.urubu.shadow.runs.JobCheckpoints;
import io.urubu.shadow.runs.JobRef;
import io.urubu.shadow.runs.Prepared;
import io.urubu.shadow.runs.Run;
import io.urubu.shadow.runs.RunEvent;
import io.urubu.shadow.runs.Taken;
import io.urubu.shadow.runs.Verdict;
import io.urubu.shadow.transfer.RefusedException;
import io.urubu.shadow.transfer.RunCheckpoints;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out what concerns checkpoints: store, journal, schedd. For one job, one thread at a time.
 */
final class CheckpointWork {
  private static final Logger log = LoggerFactory.getLogger(CheckpointWork.class);

  private final CheckpointStore store;
  private final Journal journal;
  private final ScheddVoice voice;
  private final Map<JobRef, JobCheckpoints> knownByJob = new ConcurrentHashMap<>();

  /** Jobs with a run that is not settled. */
  private final Set<JobRef> live = ConcurrentHashMap.newKeySet();

  CheckpointWork(CheckpointStore store, Journal journal, ScheddVoice voice) {
    this.store = store;
    this.journal = journal;
    this.voice = voice;
  }

  RunCheckpoints of(RunRef run) {
    return new RunCheckpoints(store, run);
  }

  private JobCheckpoints known(RunRef run) {
    return knownByJob.getOrDefault(JobRef.of(run), JobCheckpoints.NONE);
  }

  /** Takes up what an earlier process knew; generations of which it did not know go. */
  void recover() {
    journal
        .recoveredCheckpoints()
        .forEach(
            (job, known) -> {
              knownByJob.put(job, known);
              if (known.pending().isEmpty()) {
                return;
              }
              log.atInfo()
                  .addKeyValue("job", job)
                  .addKeyValue("pending", known.pending().size())
                  .log("checkpoints wait for the schedd");
            });
    journal.recovered().forEach(left -> keep(left.run().ref()));
  }

  private void keep(RunRef run) {
    live.add(JobRef.of(run));
    delete(run, known(run).numbers());
  }

  /** Deletes all generations of the job but these; what cannot be deleted now is tried again. */
  private void delete(RunRef run, Set<Integer> kept) {
    try {
      store.keep(RunCheckpoints.name(JobRef.of(run)), kept);
    } catch (StoreException e) {
      log.atWarn()
          .addKeyValue("run", run)
          .addKeyValue("reason", e.reason())
          .log("old checkpoints cannot be deleted");
    }
  }

  /** The admission is durable. */
  void admitted(Run run) {
    knownByJob.merge(
        JobRef.of(run.ref()),
        JobCheckpoints.NONE.admitted(run.ref(), run.generations()),
        (before, _) -> before.admitted(run.ref(), run.generations()));
    keep(run.ref());
  }

  /** Makes a generation of what the starter stored, or says what became of it before. */
  Optional<RunEvent> prepare(RunRef run, Taken taken) {
    JobCheckpoints known = known(run);
    Optional<Answer> before = known.answered(run, taken.number());
    if (before.isPresent() || known.isPending(run, taken.number())) {
      // Who lost the connection may have stored the files once more.
      of(run).drop(taken.number());
      return before.map(answer -> new RunEvent.CheckpointAnswered(run, answer));
    }
    if (known.pending().size() >= JobCheckpoints.MAX_PENDING) {
      return refused(
          run, taken, "%d checkpoints wait for the schedd".formatted(known.pending().size()));
    }
    int above = known.numbers().stream().mapToInt(number -> number).max().orElse(0);
    try {
      Prepared prepared = of(run).prepare(taken, above);
      return Optional.of(new RunEvent.CheckpointPrepared(run, prepared));
    } catch (RefusedException e) {
      return refused(run, taken, e.reason());
    } catch (StoreException e) {
      return refused(run, taken, e.reason());
    }
  }

  private static Optional<RunEvent> refused(RunRef run, Taken taken, String reason) {
    log.atWarn()
        .addKeyValue("run", run)
        .addKeyValue("checkpoint", taken.number())
        .addKeyValue("reason", reason)
        .log("checkpoint refused");
    return Optional.of(
        new RunEvent.CheckpointAnswered(run, Answer.refused(run, taken.number(), reason)));
  }

  void record(Prepared prepared) {
    set(prepared.run(), known(prepared.run()).prepared(prepared));
    log.atInfo()
        .addKeyValue("run", prepared.run())
        .addKeyValue("generation", prepared.generation().number())
        .addKeyValue("bytes", prepared.generation().bytes())
        .log("checkpoint prepared");
  }

  private void set(RunRef run, JobCheckpoints now) {
    journal.append(new JournalEntry.Checkpoints(run, now));
    knownByJob.put(JobRef.of(run), now);
    forget(JobRef.of(run));
  }

  private void forget(JobRef job) {
    if (!live.contains(job)) {
      knownByJob.computeIfPresent(job, (_, known) -> known.pending().isEmpty() ? null : known);
    }
  }

  /** The schedd has answered; asked again, nothing is done. */
  Optional<RunEvent> settle(Verdict verdict) {
    RunRef run = verdict.run();
    JobCheckpoints before = known(run);
    Optional<Prepared> pending = before.pending(verdict);
    if (pending.isEmpty()) {
      return Optional.empty();
    }
    JobCheckpoints now = before.settled(pending.get(), verdict);
    set(run, now);
    log.atInfo()
        .addKeyValue("run", run)
        .addKeyValue("generation", verdict.generation())
        .addKeyValue("accepted", verdict.accepted())
        .addKeyValue("reason", verdict.reason())
        .log("checkpoint settled");
    if (verdict.accepted()) {
      Set<Integer> kept = new TreeSet<>(now.numbers());
      kept.addAll(verdict.kept());
      delete(run, kept);
    } else {
      discard(run, verdict.generation());
    }
    return Optional.of(
        new RunEvent.CheckpointAnswered(run, JobCheckpoints.answer(pending.get(), verdict)));
  }

  private void discard(RunRef run, int generation) {
    try {
      store.discard(RunCheckpoints.name(JobRef.of(run)), generation);
    } catch (StoreException e) {
      log.atWarn()
          .addKeyValue("run", run)
          .addKeyValue("reason", e.reason())
          .log("a refused checkpoint cannot be deleted");
    }
  }

  /** The run's end is settled. */
  void settled(RunRef run) {
    live.remove(JobRef.of(run));
    forget(JobRef.of(run));
  }

  /** The job has left the queue. Deleted first: after a crash the schedd is asked again. */
  void remove(RunRef run) {
    JobName job = RunCheckpoints.name(JobRef.of(run));
    try {
      store.remove(job);
    } catch (StoreException e) {
      log.atWarn()
          .addKeyValue("run", run)
          .addKeyValue("reason", e.reason())
          .log("the checkpoints of a job that is gone cannot be deleted");
    }
    if (!known(run).equals(JobCheckpoints.NONE)) {
      set(run, JobCheckpoints.NONE);
    }
  }

  /** The generation from which the run goes on; empty: it begins. */
  Optional<StoredGeneration> restore(RunRef run) throws StoreException, DamagedException {
    Optional<Generation> newest = known(run).newest();
    return newest.isEmpty() ? Optional.empty() : Optional.of(of(run).open(newest.get()));
  }

  int newest(RunRef run) {
    return known(run).newest().map(Generation::number).orElse(0);
  }

  /** For a new stream to the schedd. */
  void sayAgain() {
    knownByJob.values().forEach(known -> known.pending().forEach(voice::prepared));
  }

  /** For people. */
  ClassAd status() {
    ClassAd.Builder status =
        ClassAd.builder()
            .put(
                "CheckpointsPending",
                knownByJob.values().stream().mapToLong(known -> known.pending().size()).sum());
    try {
      Usage usage = store.usage();
      status.put("Generations", usage.generations()).put("GenerationBytes", usage.bytes());
    } catch (StoreException e) {
      status.put("CheckpointStoreProblem", e.reason());
    }
    return status.build();
  }
}
