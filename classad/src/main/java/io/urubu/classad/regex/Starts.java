package io.urubu.classad.regex;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a match can begin, told from the pattern alone. */
final class Starts {
  /** Bytes that a match can begin with; with {@code empty} also what follows. */
  private record First(ByteSet set, boolean empty) {}

  private static final First EMPTY = new First(ByteSet.NONE, true);
  private static final First ANY = new First(ByteSet.ALL, true);

  private Starts() {}

  /** The bytes that every match begins with; null if there may be others, or none. */
  static @Nullable ByteSet bytes(Tree tree) {
    First first = first(tree);
    return first.empty ? null : first.set;
  }

  private static First first(Tree tree) {
    return switch (tree) {
      case Tree.Bytes(ByteSet set) -> new First(set, false);
      case Tree.Sequence(List<Tree> items) -> sequence(items);
      case Tree.Alternatives(List<Tree> branches) -> alternatives(branches);
      case Tree.Repeat(Tree body, int fewest, _, _) -> {
        First inner = first(body);
        yield new First(inner.set, inner.empty || fewest == 0);
      }
      case Tree.Group(Tree body, _) -> first(body);
      case Tree.Atomic(Tree body) -> first(body);
      case Tree.Look _, Tree.Edge _ -> EMPTY;
      case Tree.Back _, Tree.Keep _, Tree.Never _, Tree.IfGroup _, Tree.IfLook _ -> ANY;
    };
  }

  private static First sequence(List<Tree> items) {
    ByteSet set = ByteSet.NONE;
    for (Tree item : items) {
      First first = first(item);
      set = set.or(first.set);
      if (!first.empty) {
        return new First(set, false);
      }
    }
    return new First(set, true);
  }

  private static First alternatives(List<Tree> branches) {
    First all = new First(ByteSet.NONE, false);
    for (Tree branch : branches) {
      First first = first(branch);
      all = new First(all.set.or(first.set), all.empty || first.empty);
    }
    return all;
  }

  /** Whether a match can begin at the start of the text only. */
  static boolean isAnchored(Tree tree) {
    return switch (tree) {
      case Tree.Edge(Tree.Place place) -> place == Tree.Place.START;
      case Tree.Sequence(List<Tree> items) -> !items.isEmpty() && isAnchored(items.getFirst());
      case Tree.Alternatives(List<Tree> branches) -> branches.stream().allMatch(Starts::isAnchored);
      case Tree.Group(Tree body, _) -> isAnchored(body);
      case Tree.Atomic(Tree body) -> isAnchored(body);
      case Tree.Repeat(Tree body, int fewest, _, _) -> fewest > 0 && isAnchored(body);
      case Tree.Bytes _,
          Tree.Look _,
          Tree.Back _,
          Tree.Keep _,
          Tree.Never _,
          Tree.IfGroup _,
          Tree.IfLook _ ->
          false;
    };
  }

  /**
   * Whether the pattern begins with {@code .*}: what does not match from the start of a line does
   * not match from within it.
   */
  static boolean beginsWithAnything(Tree tree) {
    return switch (tree) {
      case Tree.Repeat(Tree.Bytes(ByteSet set), int fewest, int most, Tree.Greed greed) ->
          fewest == 0
              && most == Tree.UNBOUNDED
              && greed != Tree.Greed.POSSESSIVE
              && (set.equals(ByteSet.ALL) || set.equals(ByteSet.NOT_NEWLINE));
      case Tree.Sequence(List<Tree> items) ->
          !items.isEmpty() && beginsWithAnything(items.getFirst());
      default -> false;
    };
  }
}
