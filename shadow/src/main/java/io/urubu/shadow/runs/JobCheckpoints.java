package io.urubu.shadow.runs;

import io.urubu.protocol.id.RunRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What the shadow knows of one job's generations, whichever run they are of.
 *
 * @param committed those that the schedd has recorded, newest first
 * @param pending those that it has not answered yet, oldest first
 * @param answered what the newest run's starter may ask for again, oldest first
 */
public record JobCheckpoints(
    List<Generation> committed, List<Prepared> pending, List<Answer> answered) {
  public static final JobCheckpoints NONE = new JobCheckpoints(List.of(), List.of(), List.of());

  /** So many may wait for the schedd at once. */
  public static final int MAX_PENDING = 8;

  private static final int MAX_ANSWERED = 4;

  public JobCheckpoints {
    committed = List.copyOf(committed);
    pending = List.copyOf(pending);
    answered = List.copyOf(answered);
  }

  /** A run begins, or begins again: what the schedd says of the committed ones holds. */
  public JobCheckpoints admitted(RunRef run, List<Generation> generations) {
    return new JobCheckpoints(
        generations, pending, answered.stream().filter(a -> a.run().equals(run)).toList());
  }

  public JobCheckpoints prepared(Prepared fresh) {
    return new JobCheckpoints(
        committed, Stream.concat(pending.stream(), Stream.of(fresh)).toList(), answered);
  }

  /** That of the schedd's answer; empty when it was answered before. */
  public Optional<Prepared> pending(Verdict verdict) {
    return pending.stream()
        .filter(it -> it.run().equals(verdict.run()))
        .filter(it -> it.generation().number() == verdict.generation())
        .findFirst();
  }

  /** The schedd has answered. */
  public JobCheckpoints settled(Prepared prepared, Verdict verdict) {
    List<Generation> now = committed;
    if (verdict.accepted()) {
      now =
          Stream.concat(Stream.of(prepared.generation()), committed.stream())
              .filter(it -> verdict.kept().contains(it.number()))
              .sorted((a, b) -> Integer.compare(b.number(), a.number()))
              .toList();
    }
    List<Answer> answers = new ArrayList<>(answered);
    answers.add(answer(prepared, verdict));
    return new JobCheckpoints(
        now,
        pending.stream().filter(it -> !it.equals(prepared)).toList(),
        answers.subList(Math.max(0, answers.size() - MAX_ANSWERED), answers.size()));
  }

  /** What the starter is to be told. */
  public static Answer answer(Prepared prepared, Verdict verdict) {
    return verdict.accepted()
        ? new Answer(prepared.run(), prepared.taken(), prepared.generation().number(), "")
        : Answer.refused(prepared.run(), prepared.taken(), verdict.reason());
  }

  /** What was said about a checkpoint of a run before. */
  public Optional<Answer> answered(RunRef run, int taken) {
    return answered.stream().filter(a -> a.run().equals(run) && a.taken() == taken).findFirst();
  }

  public boolean isPending(RunRef run, int taken) {
    return pending.stream().anyMatch(it -> it.run().equals(run) && it.taken() == taken);
  }

  /** All numbers that must stay in the store. */
  public Set<Integer> numbers() {
    Set<Integer> numbers = new TreeSet<>();
    committed.forEach(it -> numbers.add(it.number()));
    pending.forEach(it -> numbers.add(it.generation().number()));
    return numbers;
  }

  /** From which a run goes on; empty: it begins. */
  public Optional<Generation> newest() {
    return committed.stream().findFirst();
  }
}
