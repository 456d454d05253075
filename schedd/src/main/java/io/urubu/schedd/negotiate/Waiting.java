package io.urubu.schedd.negotiate;

import io.urubu.classad.ClassAd;
import io.urubu.classad.Match;
import io.urubu.protocol.id.JobId;
import io.urubu.schedd.queue.Cluster;
import io.urubu.schedd.queue.Job;
import io.urubu.schedd.queue.JobState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The jobs that wait for a machine, by user and autocluster, in the order in which they are to run.
 * Belongs to the queue's thread.
 */
public final class Waiting {

  /** A job that waits for its time first. */
  private record Delayed(Instant until, JobId id) implements Comparable<Delayed> {
    private static final Comparator<Delayed> ORDER =
        Comparator.comparing(Delayed::until).thenComparing(Delayed::id);

    @Override
    public int compareTo(Delayed other) {
      return ORDER.compare(this, other);
    }
  }

  /** Where a job stands. */
  private record Seat(Job job, Autocluster autocluster, Autocluster.Place place) {}

  private record Key(String user, String signature) {}

  private final Map<Key, Autocluster> byKey = new HashMap<>();
  private final Map<Long, Autocluster> byId = new HashMap<>();
  private final Map<String, Set<Autocluster>> byUser = new HashMap<>();
  private final Map<JobId, Seat> seats = new HashMap<>();
  private final Map<JobId, Job> delayedJobs = new HashMap<>();
  private final TreeSet<Delayed> delayed = new TreeSet<>();
  // Clusters whose jobs differ in nothing that matters.
  private final Map<Integer, Autocluster> uniform = new HashMap<>();
  private final Set<Autocluster> dirty = new LinkedHashSet<>();
  private List<String> significant = List.of();
  private long nextId = 1;

  /** Follows a job's change. */
  public void changed(Optional<Job> before, Optional<Job> after, Instant now) {
    before.ifPresent(job -> remove(job.id()));
    after
        .filter(job -> job.life().state() instanceof JobState.Idle)
        .ifPresent(job -> add(job, now));
  }

  private void add(Job job, Instant now) {
    if (job.notBefore().isAfter(now)) {
      delayed.add(new Delayed(job.notBefore(), job.id()));
      delayedJobs.put(job.id(), job);
      return;
    }
    Autocluster autocluster = autocluster(job);
    var place = new Autocluster.Place(job.priority(), job.cluster().submitted(), job.id());
    autocluster.waiting.put(place, job.id());
    seats.put(job.id(), new Seat(job, autocluster, place));
    dirty.add(autocluster);
  }

  private void remove(JobId id) {
    Job late = delayedJobs.remove(id);
    if (late != null) {
      delayed.remove(new Delayed(late.notBefore(), id));
    }
    Seat seat = seats.remove(id);
    if (seat != null) {
      seat.autocluster().waiting.remove(seat.place());
      dirty.add(seat.autocluster());
    }
  }

  /** Lets in the jobs whose time has come. */
  public void wake(Instant now) {
    while (!delayed.isEmpty() && !delayed.first().until().isAfter(now)) {
      Job job = delayedJobs.remove(delayed.pollFirst().id());
      if (job != null) {
        add(job, now);
      }
    }
  }

  private Autocluster autocluster(Job job) {
    Cluster cluster = job.cluster();
    Autocluster known = uniform.get(cluster.number());
    if (known != null && !differsInSignature(job, known)) {
      return known;
    }
    ClassAd signature = Signature.of(job.ad(), significant);
    Autocluster autocluster =
        byKey.computeIfAbsent(
            new Key(cluster.user(), signature.toString()), key -> make(key.user(), signature));
    boolean differs =
        Stream.concat(cluster.template().names().stream(), job.changes().names().stream())
            .anyMatch(signature::has);
    if (known == null && !differs && !readsProcess(signature)) {
      uniform.put(cluster.number(), autocluster);
    }
    return autocluster;
  }

  /** A job that has a checkpoint may need other machines than its siblings. */
  private boolean differsInSignature(Job job, Autocluster known) {
    return job.changes().names().stream()
        .anyMatch(
            name ->
                name.equalsIgnoreCase("Requirements")
                    || known.ad.has(name)
                    || significant.contains(name.toLowerCase(Locale.ROOT)));
  }

  private static boolean readsProcess(ClassAd signature) {
    return Stream.of(
            "ProcId",
            "GlobalJobId",
            "EnteredCurrentStatus",
            "JobStatus",
            "NumJobStarts",
            "NumShadowStarts",
            "JobRunCount",
            "RunGeneration",
            "JobPrio",
            "LastRemoteHost",
            "RemoteWallClockTime",
            "JobStartDate",
            "JobCurrentStartDate")
        .anyMatch(signature::has);
  }

  private Autocluster make(String user, ClassAd signature) {
    Autocluster autocluster = new Autocluster(nextId++, user, signature);
    byId.put(autocluster.id, autocluster);
    byUser.computeIfAbsent(user, _ -> new LinkedHashSet<>()).add(autocluster);
    return autocluster;
  }

  /** Other attributes matter from now on: every job is placed anew. */
  public void significant(List<String> names, Instant now) {
    List<String> next =
        names.stream().map(name -> name.toLowerCase(Locale.ROOT)).distinct().sorted().toList();
    if (next.equals(significant)) {
      return;
    }
    significant = next;
    List<Job> all = new ArrayList<>();
    seats.values().forEach(seat -> all.add(seat.job()));
    byId.values().forEach(autocluster -> autocluster.waiting.clear());
    dirty.addAll(byId.values());
    byKey.clear();
    uniform.clear();
    seats.clear();
    all.forEach(job -> add(job, now));
  }

  /** A match is on its way to become a claim. */
  public void expect(long autocluster, int change) {
    Autocluster found = byId.get(autocluster);
    if (found != null) {
      found.expected = Math.max(0, found.expected + change);
      dirty.add(found);
    }
  }

  /**
   * The user's job that is to run next on the machine: the first in order, of those that match it
   * in both directions.
   */
  public Optional<JobId> next(String user, ClassAd machine) {
    return byUser.getOrDefault(user, Set.of()).stream()
        .filter(autocluster -> !autocluster.waiting.isEmpty())
        .sorted(Comparator.comparing(autocluster -> autocluster.waiting.firstKey()))
        .filter(autocluster -> Match.matches(first(autocluster).ad(), machine))
        .map(autocluster -> autocluster.waiting.firstEntry().getValue())
        .findFirst();
  }

  private Job first(Autocluster autocluster) {
    @Nullable Seat seat = seats.get(autocluster.waiting.firstEntry().getValue());
    if (seat == null) {
      throw new IllegalStateException("a waiting job has no seat");
    }
    return seat.job();
  }

  /** What changed since this was asked last. */
  public List<Demand> changes() {
    List<Demand> changes = dirty.stream().map(Autocluster::demand).toList();
    for (Autocluster autocluster : dirty) {
      if (autocluster.waiting.isEmpty() && autocluster.expected == 0) {
        forget(autocluster);
      }
    }
    dirty.clear();
    return changes;
  }

  private void forget(Autocluster autocluster) {
    byId.remove(autocluster.id);
    byKey.values().removeIf(other -> other == autocluster);
    uniform.values().removeIf(other -> other == autocluster);
    Set<Autocluster> others = byUser.get(autocluster.user);
    if (others != null) {
      others.remove(autocluster);
      if (others.isEmpty()) {
        byUser.remove(autocluster.user);
      }
    }
  }
}
