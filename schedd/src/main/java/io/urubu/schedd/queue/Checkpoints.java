package io.urubu.schedd.queue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The checkpoints of a job that count, newest first. The next run goes on from the first; without
 * one the job begins.
 */
public record Checkpoints(List<Generation> kept) {
  public static final Checkpoints NONE = new Checkpoints(List.of());
  private static final int MOST = 2;

  /** A generation that could not be restarted so often is given up. */
  private static final int FAILURES_ALLOWED = 2;

  public Checkpoints {
    kept = List.copyOf(kept);
  }

  /** What a failed restart leads to. */
  enum Consequence {
    /** The same generation again, on another machine if there is one. */
    ELSEWHERE,
    /** Back to the generation before. */
    OLDER,
    /** No generation is left: the job begins anew. */
    START_OVER,
    /** The generation is none of those that count: only the machine failed. */
    NONE_OF_OURS
  }

  /** What counts after a failed restart. */
  record Setback(Checkpoints left, Consequence consequence) {}

  public Optional<Generation> newest() {
    return kept.stream().findFirst();
  }

  List<Integer> numbers() {
    return kept.stream().map(Generation::number).toList();
  }

  boolean has(Generation generation) {
    return kept.stream().anyMatch(generation::isSame);
  }

  Checkpoints with(Generation newer) {
    List<Generation> next = new ArrayList<>(kept);
    next.addFirst(newer);
    return new Checkpoints(next.subList(0, Math.min(next.size(), MOST)));
  }

  /**
   * A generation could not be restarted.
   *
   * @param damaged its bytes are not what was stored: no machine can restart it
   */
  Setback failed(int number, boolean damaged) {
    List<Generation> left = new ArrayList<>();
    Consequence consequence = Consequence.NONE_OF_OURS;
    for (Generation generation : kept) {
      if (generation.number() != number) {
        left.add(generation);
      } else if (damaged || generation.failedRestarts() + 1 >= FAILURES_ALLOWED) {
        consequence = kept.size() > 1 ? Consequence.OLDER : Consequence.START_OVER;
      } else {
        left.add(generation.failedOnce());
        consequence = Consequence.ELSEWHERE;
      }
    }
    return new Setback(new Checkpoints(left), consequence);
  }
}
