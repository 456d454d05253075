package io.urubu.classad.regex;

import io.urubu.classad.limit.Limits;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads patterns: alternatives, sequences, repeats and what is repeated. */
final class PatternParser {
  private final Cursor cursor;
  private final Groups groups;
  private Flags flags;
  private int depth;

  private PatternParser(Cursor cursor, Flags flags) {
    this.cursor = cursor;
    this.flags = flags;
    this.groups = new Groups();
  }

  /** A pattern that was read. */
  record Parsed(Tree tree, Groups groups) {}

  static Parsed parse(String pattern, Flags flags) throws MalformedPatternException {
    Cursor cursor = new Cursor(pattern);
    PatternParser parser = new PatternParser(cursor, flags);
    Tree tree = parser.alternatives(false);
    if (!cursor.isAtEnd()) {
      throw cursor.malformed("a parenthesis that closes nothing");
    }
    return new Parsed(tree, parser.groups);
  }

  /** Reads up to the end of the group; with {@code reset} each branch counts its groups anew. */
  private Tree alternatives(boolean reset) throws MalformedPatternException {
    if (++depth > Limits.PATTERN_NESTING) {
      throw cursor.malformed("groups that nest too deep");
    }
    List<Tree> branches = new ArrayList<>();
    int first = groups.last();
    int most = first;
    do {
      if (reset) {
        groups.restart(first);
      }
      branches.add(sequence());
      most = Math.max(most, groups.last());
    } while (cursor.take("|"));
    groups.restart(most);
    depth--;
    return branches.size() == 1 ? branches.getFirst() : new Tree.Alternatives(branches);
  }

  private Tree sequence() throws MalformedPatternException {
    List<Tree> items = new ArrayList<>();
    boolean repeatable = false;
    boolean quoting = false;
    while (!cursor.isAtEnd()) {
      if (quoting ? cursor.take("\\E") : cursor.take("\\Q")) {
        quoting = !quoting;
      } else if (quoting) {
        items.add(literal(cursor.next()));
        repeatable = true;
      } else if (!cursor.take("\\E") && !cursor.skipsLayout(flags.layout())) {
        if (cursor.peek() == '|' || cursor.peek() == ')') {
          break;
        }
        Times times = Times.read(cursor, flags.layout());
        if (times == null) {
          Tree item = item();
          repeatable = item != null && !(item instanceof Tree.Edge || item instanceof Tree.Keep);
          if (item != null) {
            items.add(item);
          }
        } else if (repeatable) {
          items.add(times.of(items.removeLast(), flags.lazy()));
          repeatable = false;
        } else {
          throw cursor.malformed("a repeat of nothing");
        }
      }
    }
    return items.size() == 1 && isOneItem(items.getFirst())
        ? items.getFirst()
        : new Tree.Sequence(items);
  }

  /** Whether it can stand for the group around it: alternatives there may be a condition's. */
  private static boolean isOneItem(Tree tree) {
    return !(tree instanceof Tree.Alternatives
        || tree instanceof Tree.Edge
        || tree instanceof Tree.Keep);
  }

  /** What comes next; null if it only changes the options. */
  private @Nullable Tree item() throws MalformedPatternException {
    char c = cursor.next();
    return switch (c) {
      case '.' -> new Tree.Bytes(flags.dotAll() ? ByteSet.ALL : ByteSet.NOT_NEWLINE);
      case '^' -> new Tree.Edge(flags.manyLines() ? Tree.Place.LINE_START : Tree.Place.START);
      case '$' ->
          new Tree.Edge(flags.manyLines() ? Tree.Place.LINE_END : Tree.Place.END_OR_LAST_NEWLINE);
      case '[' -> {
        if (ClassReader.isPosix(cursor)) {
          throw cursor.malformed("a named class outside of a class");
        }
        yield new Tree.Bytes(ClassReader.read(cursor, flags));
      }
      case '(' -> cursor.take("?") ? special() : cursor.take("*") ? verb() : plain();
      case '\\' -> escape();
      default -> literal(c);
    };
  }

  private Tree literal(int c) {
    ByteSet set = ByteSet.of(c);
    return new Tree.Bytes(flags.ignoreCase() ? set.folded() : set);
  }

  private Tree plain() throws MalformedPatternException {
    if (flags.plainGroups()) {
      return body();
    }
    int number = groups.open();
    return new Tree.Group(body(), number);
  }

  private Tree named(String end) throws MalformedPatternException {
    int number = groups.open(name(end), flags.sameNames(), cursor);
    return new Tree.Group(body(), number);
  }

  private String name(String end) throws MalformedPatternException {
    String name = cursor.until(end);
    if (!name.matches("[A-Za-z_][A-Za-z_0-9]{0,127}+")) {
      throw cursor.malformed("a name that is none");
    }
    return name;
  }

  private Tree body() throws MalformedPatternException {
    return body(false);
  }

  /** The rest of a group; options that it sets end with it. */
  private Tree body(boolean reset) throws MalformedPatternException {
    Flags before = flags;
    Tree body = alternatives(reset);
    cursor.expect(")");
    flags = before;
    return body;
  }

  private Tree verb() throws MalformedPatternException {
    if (cursor.take("F)") || cursor.take("FAIL)")) {
      return new Tree.Never();
    }
    throw cursor.malformed("a verb that is not supported");
  }

  /** What stands behind {@code (?}. */
  private @Nullable Tree special() throws MalformedPatternException {
    if (cursor.take(":")) {
      return body();
    }
    if (cursor.take("|")) {
      return body(true);
    }
    if (cursor.take(">")) {
      return new Tree.Atomic(body());
    }
    Tree.Look look = look();
    if (look != null) {
      return look;
    }
    if (cursor.take("<") || cursor.take("P<")) {
      return named(">");
    }
    if (cursor.take("'")) {
      return named("'");
    }
    if (cursor.take("P=")) {
      return back(new Groups.Target(0, name(")")));
    }
    return cursor.take("(") ? conditional() : options();
  }

  private Tree.@Nullable Look look() throws MalformedPatternException {
    boolean behind = cursor.peek() == '<';
    char sign = cursor.peek(behind ? 1 : 0);
    if (sign != '=' && sign != '!') {
      return null;
    }
    cursor.take("<");
    cursor.next();
    return new Tree.Look(body(), behind, sign == '!');
  }

  private @Nullable Tree options() throws MalformedPatternException {
    Flags before = flags;
    Flags read = flags.read(cursor);
    flags = read;
    if (cursor.next() == ')') {
      return null;
    }
    Tree body = alternatives(false);
    cursor.expect(")");
    flags = before;
    return body;
  }

  private Tree conditional() throws MalformedPatternException {
    if (cursor.take("?")) {
      Tree.Look look = look();
      if (look == null) {
        throw cursor.malformed("a condition that is none");
      }
      List<Tree> branches = branches();
      return new Tree.IfLook(look, branches.get(0), branches.get(1));
    }
    Groups.Target target;
    if (cursor.take("<")) {
      target = new Groups.Target(0, name(">"));
      cursor.expect(")");
    } else if (cursor.take("'")) {
      target = new Groups.Target(0, name("'"));
      cursor.expect(")");
    } else {
      target = References.numbered(cursor, groups.last());
      if (target == null) {
        throw cursor.malformed("a condition that is not supported");
      }
      cursor.expect(")");
    }
    List<Tree> branches = branches();
    return new Tree.IfGroup(target, branches.get(0), branches.get(1));
  }

  /** The one or two branches of a condition. */
  private List<Tree> branches() throws MalformedPatternException {
    return switch (body()) {
      case Tree.Alternatives(List<Tree> both) when both.size() == 2 -> both;
      case Tree.Alternatives _ -> throw cursor.malformed("more than two branches");
      case Tree one -> List.of(one, new Tree.Sequence(List.of()));
    };
  }

  private Tree back(Groups.Target target) {
    return new Tree.Back(target, flags.ignoreCase());
  }

  private Tree escape() throws MalformedPatternException {
    ByteSet set = Escapes.set(cursor);
    if (set != null) {
      return new Tree.Bytes(set);
    }
    Groups.Target target = References.read(cursor, groups.last());
    if (target != null) {
      return back(target);
    }
    Tree place = Places.read(cursor);
    return place != null ? place : literal(Escapes.literal(cursor));
  }
}
