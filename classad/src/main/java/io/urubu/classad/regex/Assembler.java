package io.urubu.classad.regex;

import java.util.ArrayList;
import java.util.List;

/** Writes the instructions of a pattern; repeats of more than one byte are written out. */
final class Assembler {
  private static final int FARTHEST_BEHIND = 65_535;

  private final Code code = new Code();
  private final Groups groups;
  private int registers;
  private int looks;

  private Assembler(Groups groups) {
    this.groups = groups;
    this.registers = 2 * (groups.count() + 1);
  }

  static Assembler assemble(Tree tree, Groups groups) throws MalformedPatternException {
    Assembler assembler = new Assembler(groups);
    assembler.write(tree);
    assembler.code.add(Code.MATCH, 0, 0, 0);
    return assembler;
  }

  int[] code() {
    return code.words();
  }

  /** The sets that the instructions name. */
  ByteSet[] sets() {
    return code.sets();
  }

  /** How many registers the instructions use. */
  int registers() {
    return registers;
  }

  private void write(Tree tree) throws MalformedPatternException {
    switch (tree) {
      case Tree.Bytes(ByteSet set) -> bytes(set);
      case Tree.Sequence(List<Tree> items) -> {
        for (Tree item : items) {
          write(item);
        }
      }
      case Tree.Alternatives(List<Tree> branches) -> alternatives(branches);
      case Tree.Repeat repeat -> repeat(repeat);
      case Tree.Group(Tree body, int number) -> {
        int start = registers++;
        code.add(Code.SAVE, start, 0, 0);
        write(body);
        code.add(Code.CLOSE, 2 * number, start, 0);
      }
      case Tree.Atomic(Tree body) -> atomic(body);
      case Tree.Look look -> look(look);
      case Tree.Back(Groups.Target target, boolean ignoreCase) -> back(target, ignoreCase);
      case Tree.Edge(Tree.Place place) -> code.add(Code.EDGE, Edges.PLACES.indexOf(place), 0, 0);
      case Tree.Keep _ -> keep();
      case Tree.Never _ -> code.add(Code.FAIL, 0, 0, 0);
      case Tree.IfGroup(Groups.Target target, Tree then, Tree otherwise) ->
          ifGroup(target, then, otherwise);
      case Tree.IfLook(Tree.Look look, Tree then, Tree otherwise) -> ifLook(look, then, otherwise);
    }
  }

  private void bytes(ByteSet set) throws MalformedPatternException {
    int single = set.single();
    if (single >= 0) {
      code.add(Code.BYTE, single, 0, 0);
    } else {
      code.add(Code.SET, code.set(set), 0, 0);
    }
  }

  private void alternatives(List<Tree> branches) throws MalformedPatternException {
    List<Integer> ends = new ArrayList<>();
    for (Tree branch : branches.subList(0, branches.size() - 1)) {
      int split = code.add(Code.SPLIT, code.here() + Code.WIDTH, 0, 0);
      write(branch);
      ends.add(code.add(Code.JUMP, 0, 0, 0));
      code.patch(split, 2);
    }
    write(branches.getLast());
    ends.forEach(end -> code.patch(end, 1));
  }

  private void atomic(Tree body) throws MalformedPatternException {
    int mark = registers++;
    code.add(Code.MARK, mark, 0, 0);
    write(body);
    code.add(Code.CUT, mark, 0, 0);
  }

  private void repeat(Tree.Repeat repeat) throws MalformedPatternException {
    if (repeat.most() == 0) {
      int before = code.here();
      write(repeat.body()); // it must still be well-formed
      code.forget(before);
    } else if (repeat.body() instanceof Tree.Bytes(ByteSet set)) {
      int operation =
          switch (repeat.greed()) {
            case GREEDY -> Code.RUN;
            case LAZY -> Code.RUN_LAZY;
            case POSSESSIVE -> Code.RUN_POSSESSIVE;
          };
      code.add(operation, code.set(set), repeat.fewest(), repeat.most());
    } else if (repeat.greed() == Tree.Greed.POSSESSIVE) {
      atomic(new Tree.Repeat(repeat.body(), repeat.fewest(), repeat.most(), Tree.Greed.GREEDY));
    } else {
      for (int i = 0; i < repeat.fewest(); i++) {
        int before = code.here();
        write(repeat.body());
        if (code.here() == before) {
          return; // nothing, however often
        }
      }
      if (repeat.most() == Tree.UNBOUNDED) {
        loop(repeat);
      } else {
        optional(repeat);
      }
    }
  }

  /** A round that takes nothing is the last one. */
  private void loop(Tree.Repeat repeat) throws MalformedPatternException {
    boolean canBeEmpty = Widths.of(repeat.body()).fewest() == 0;
    int start = registers++;
    int split = split(repeat.greed());
    if (canBeEmpty) {
      code.add(Code.SAVE, start, 0, 0);
    }
    write(repeat.body());
    if (canBeEmpty) {
      code.add(Code.IF_MOVED, start, split, 0);
    } else {
      code.add(Code.JUMP, split, 0, 0);
    }
    patchExit(split, repeat.greed());
  }

  private void optional(Tree.Repeat repeat) throws MalformedPatternException {
    List<Integer> splits = new ArrayList<>();
    for (int i = repeat.fewest(); i < repeat.most(); i++) {
      splits.add(split(repeat.greed()));
      write(repeat.body());
    }
    splits.forEach(split -> patchExit(split, repeat.greed()));
  }

  /** Goes on with the next instruction first, or last if lazy. */
  private int split(Tree.Greed greed) throws MalformedPatternException {
    int next = code.here() + Code.WIDTH;
    return greed == Tree.Greed.LAZY
        ? code.add(Code.SPLIT, 0, next, 0)
        : code.add(Code.SPLIT, next, 0, 0);
  }

  private void patchExit(int split, Tree.Greed greed) {
    code.patch(split, greed == Tree.Greed.LAZY ? 1 : 2);
  }

  private void look(Tree.Look look) throws MalformedPatternException {
    int mark = registers++;
    int place = registers++;
    code.add(Code.SAVE, place, 0, 0);
    code.add(Code.MARK, mark, 0, 0);
    if (look.negative()) {
      int split = code.add(Code.SPLIT, code.here() + Code.WIDTH, 0, 0);
      looked(look, place);
      code.add(Code.UNWIND, mark, 0, 0);
      code.patch(split, 2);
    } else {
      looked(look, place);
      code.add(Code.CUT, mark, 0, 0);
      code.add(Code.RETURN, place, 0, 0);
    }
  }

  private void keep() throws MalformedPatternException {
    if (looks > 0) {
      throw new MalformedPatternException("\\K in a look", 0);
    }
    code.add(Code.SAVE, 0, 0, 0);
  }

  private void looked(Tree.Look look, int place) throws MalformedPatternException {
    looks++;
    if (look.behind()) {
      behind(look, place);
    } else {
      write(look.body());
    }
    looks--;
  }

  private void behind(Tree.Look look, int place) throws MalformedPatternException {
    List<Tree> branches =
        look.body() instanceof Tree.Alternatives(List<Tree> several)
            ? several
            : List.of(look.body());
    List<Integer> ends = new ArrayList<>();
    for (int i = 0; i < branches.size(); i++) {
      boolean last = i == branches.size() - 1;
      int split = last ? 0 : code.add(Code.SPLIT, code.here() + Code.WIDTH, 0, 0);
      Widths widths = Widths.of(branches.get(i));
      if (widths.most() > FARTHEST_BEHIND) {
        throw new MalformedPatternException("a look behind of no known length", 0);
      }
      code.add(Code.BEHIND, (int) widths.fewest(), (int) widths.most(), 0);
      write(branches.get(i));
      code.add(Code.CHECK, place, 0, 0);
      if (!last) {
        ends.add(code.add(Code.JUMP, 0, 0, 0));
        code.patch(split, 2);
      }
    }
    ends.forEach(end -> code.patch(end, 1));
  }

  private void back(Groups.Target target, boolean ignoreCase) throws MalformedPatternException {
    List<Integer> numbers = groups.numbers(target);
    List<Integer> ends = new ArrayList<>();
    for (int number : numbers.subList(0, numbers.size() - 1)) {
      int test = code.add(Code.IF_GROUP, number, 0, 0);
      code.add(Code.BACK, number, ignoreCase ? 1 : 0, 0);
      ends.add(code.add(Code.JUMP, 0, 0, 0));
      code.patch(test, 2);
    }
    code.add(Code.BACK, numbers.getLast(), ignoreCase ? 1 : 0, 0);
    ends.forEach(end -> code.patch(end, 1));
  }

  private void ifGroup(Groups.Target target, Tree then, Tree otherwise)
      throws MalformedPatternException {
    int test = code.add(Code.IF_GROUP, groups.numbers(target).getFirst(), 0, 0);
    write(then);
    int end = code.add(Code.JUMP, 0, 0, 0);
    code.patch(test, 2);
    write(otherwise);
    code.patch(end, 1);
  }

  /** The branch is chosen once: a failure in it does not lead into the other one. */
  private void ifLook(Tree.Look look, Tree then, Tree otherwise) throws MalformedPatternException {
    int mark = registers++;
    int place = registers++;
    code.add(Code.SAVE, place, 0, 0);
    code.add(Code.MARK, mark, 0, 0);
    int split = code.add(Code.SPLIT, code.here() + Code.WIDTH, 0, 0);
    looked(look, place);
    code.add(Code.CUT, mark, 0, 0);
    code.add(Code.RETURN, place, 0, 0);
    write(look.negative() ? otherwise : then);
    int end = code.add(Code.JUMP, 0, 0, 0);
    code.patch(split, 2);
    write(look.negative() ? then : otherwise);
    code.patch(end, 1);
  }
}
