package io.urubu.classad.explain;

import java.util.ArrayList;
import java.util.List;

/**
 * Why a condition came to what it came to: the conditions that it is made of, down to those that
 * cannot be taken apart, with the attributes that each of these read. Names of attributes that are
 * conditions themselves, such as START in {@code Requirements = START && ...}, are followed into
 * their definitions.
 *
 * @param kind how the parts make up the whole
 * @param condition what was evaluated, and where it stands
 * @param verdict what it came to
 * @param parts in the order in which they are written; empty for a condition that has none
 * @param readings the attributes that a condition without parts read, in their order
 */
public record Explanation(
    Kind kind,
    Condition condition,
    Verdict verdict,
    List<Explanation> parts,
    List<Reading> readings) {
  public Explanation {
    parts = List.copyOf(parts);
    readings = List.copyOf(readings);
  }

  /** How parts make up a condition. */
  public enum Kind {
    /** All parts must hold: {@code a && b}. */
    ALL,
    /** One part must hold: {@code a || b}. */
    ANY,
    /** The part must not hold: {@code !a}. */
    NOT,
    /** The first part decides that the second one counts: {@code a ? b : c, a ?: b}. */
    CHOICE,
    /** The name of an attribute; the part is its definition. */
    NAME,
    /** A condition that has no parts, such as a comparison. */
    TERM
  }

  public boolean holds() {
    return verdict.outcome() == Outcome.TRUE;
  }

  /**
   * The conditions without parts to blame for this one not being true, in the order in which they
   * are written; of alternatives, all. None if it is true. Conditions that were not reached are
   * among them if they are false or undefined: they would be the next to blame. A condition under a
   * {@code !} is given as the whole {@code !a}.
   */
  public List<Explanation> culprits() {
    List<Explanation> culprits = new ArrayList<>();
    collect(culprits);
    return List.copyOf(culprits);
  }

  private void collect(List<Explanation> culprits) {
    if (holds() || isIdleFailure()) {
      return;
    }
    switch (kind) {
      case ALL, ANY, NAME -> parts.forEach(part -> part.collect(culprits));
      case CHOICE -> parts.getLast().collect(culprits);
      case NOT, TERM -> culprits.add(this);
    }
  }

  /** An error in what is guarded by a condition before it, which is there to prevent it. */
  boolean isIdleFailure() {
    return !verdict.reached()
        && (verdict.outcome() == Outcome.ERROR || verdict.outcome() == Outcome.ABORTED);
  }

  /** The same condition, which counts for nothing. */
  Explanation unreached() {
    return new Explanation(
        kind, condition, new Verdict(verdict.outcome(), verdict.value(), false), parts, readings);
  }

  /** Lines for people, each ended: every condition with its outcome, its place and its readings. */
  public String toText() {
    return Telling.of(this);
  }
}
