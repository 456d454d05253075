package io.urubu.classad.regex;

import java.util.List;

/** A regular expression as it was written. */
sealed interface Tree {
  /** No upper bound of a repeat. */
  int UNBOUNDED = Integer.MAX_VALUE;

  /** One byte of a set. */
  record Bytes(ByteSet set) implements Tree {}

  /** One after the other; none of them matches the empty text. */
  record Sequence(List<Tree> items) implements Tree {
    public Sequence {
      items = List.copyOf(items);
    }
  }

  /** The first that leads to a match. */
  record Alternatives(List<Tree> branches) implements Tree {
    public Alternatives {
      branches = List.copyOf(branches);
    }
  }

  record Repeat(Tree body, int fewest, int most, Greed greed) implements Tree {}

  enum Greed {
    GREEDY,
    LAZY,
    POSSESSIVE
  }

  /** A group that remembers what it matched. */
  record Group(Tree body, int number) implements Tree {}

  /** Once matched, it is not matched in another way. */
  record Atomic(Tree body) implements Tree {}

  /** What stands ahead or behind, without taking it. */
  record Look(Tree body, boolean behind, boolean negative) implements Tree {}

  /** What a group matched; of several with one name the first that did. */
  record Back(Groups.Target target, boolean ignoreCase) implements Tree {}

  /** A place between bytes. */
  record Edge(Place place) implements Tree {}

  enum Place {
    START,
    END,
    END_OR_LAST_NEWLINE,
    LINE_START,
    LINE_END,
    WORD,
    NOT_WORD,
    SEARCH_START
  }

  /** What was matched so far does not count. */
  record Keep() implements Tree {}

  /** Never matches. */
  record Never() implements Tree {}

  /** One branch if a group matched, else the other. */
  record IfGroup(Groups.Target target, Tree then, Tree otherwise) implements Tree {}

  /** One branch if something stands ahead or behind, else the other. */
  record IfLook(Look look, Tree then, Tree otherwise) implements Tree {}
}
