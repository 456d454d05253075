package io.urubu.classad.regex;

import java.util.List;

/** How many bytes trees take, at least and at most. */
record Widths(long fewest, long most) {
  private static final long ENDLESS = 1L << 40;
  private static final Widths NOTHING = new Widths(0, 0);

  static Widths of(Tree tree) {
    return switch (tree) {
      case Tree.Bytes _ -> new Widths(1, 1);
      case Tree.Sequence(List<Tree> items) -> sum(items);
      case Tree.Alternatives(List<Tree> branches) -> either(branches);
      case Tree.Repeat(Tree body, int fewest, int most, _) -> of(body).times(fewest, most);
      case Tree.Group(Tree body, _) -> of(body);
      case Tree.Atomic(Tree body) -> of(body);
      case Tree.Back _ -> new Widths(0, ENDLESS);
      case Tree.Look _, Tree.Edge _, Tree.Keep _, Tree.Never _ -> NOTHING;
      case Tree.IfGroup(_, Tree then, Tree otherwise) -> either(List.of(then, otherwise));
      case Tree.IfLook(_, Tree then, Tree otherwise) -> either(List.of(then, otherwise));
    };
  }

  private static Widths sum(List<Tree> items) {
    long fewest = 0;
    long most = 0;
    for (Tree item : items) {
      Widths widths = of(item);
      fewest = Math.min(ENDLESS, fewest + widths.fewest);
      most = Math.min(ENDLESS, most + widths.most);
    }
    return new Widths(fewest, most);
  }

  private static Widths either(List<Tree> branches) {
    long fewest = ENDLESS;
    long most = 0;
    for (Tree branch : branches) {
      Widths widths = of(branch);
      fewest = Math.min(fewest, widths.fewest);
      most = Math.max(most, widths.most);
    }
    return new Widths(fewest, most);
  }

  private Widths times(int least, int limit) {
    long top = limit == Tree.UNBOUNDED && most > 0 ? ENDLESS : most * limit;
    return new Widths(Math.min(ENDLESS, fewest * least), Math.min(ENDLESS, top));
  }
}
