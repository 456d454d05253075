package io.urubu.classad.eval;

import io.urubu.classad.ast.Literal;
import io.urubu.classad.limit.FreshStack;
import io.urubu.classad.limit.Limits;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * One evaluation: its clock, the outermost ad, and what is left of its limits. For one thread and
 * one use.
 */
public final class Evaluation {
  /** How deep programs run on the caller's stack; they take less of it than reading does. */
  private static final int DEPTH_HERE = 4 * FreshStack.LEVELS;

  /** What a stack of its own counts as: each operand of a long chain may need one. */
  private static final int WORK_OF_A_STACK = 2000;

  private final InstantSource clock;
  private final Reader reader;
  private final Scope root;
  private @Nullable SplittableRandom random;
  private int attributes;
  private int depth;
  private final int stepLimit;
  private int ceiling = DEPTH_HERE;
  private int steps;
  private long produced;

  public Evaluation(Scope start, InstantSource clock, Reader reader) {
    this(start, clock, reader, Limits.STEPS);
  }

  /** An evaluation that may take this many steps. */
  public Evaluation(Scope start, InstantSource clock, Reader reader, int stepLimit) {
    this.stepLimit = stepLimit;
    this.clock = clock;
    this.reader = reader;
    // In a match the outermost ad is one that holds both and that nobody can name.
    this.root = start.counterpart() == null ? start : Scope.EMPTY;
  }

  /** Plans a text while the evaluation runs. */
  @FunctionalInterface
  public interface Reader {
    /** Null if the text is not an expression. */
    @Nullable Program read(String text);
  }

  public Datum run(Program program, Scope scope) {
    if (program instanceof Datum value) {
      return value;
    }
    spend(1);
    Datum value = ++depth > ceiling ? deeper(program, scope) : program.run(this, scope);
    depth--;
    return value;
  }

  private Datum deeper(Program program, Scope scope) {
    if (depth > Limits.DEPTH) {
      throw new AbortException("nested too deep to evaluate");
    }
    spend(WORK_OF_A_STACK);
    ceiling = Limits.DEPTH;
    try {
      return FreshStack.call(() -> program.run(this, scope));
    } finally {
      ceiling = DEPTH_HERE;
    }
  }

  /** Runs a program of which a failure is the item's alone, not the whole evaluation's. */
  public Datum runContained(Program program, Scope scope) {
    int attributesBefore = attributes;
    int depthBefore = depth;
    try {
      return run(program, scope);
    } catch (AbortException aborted) {
      if (isSpent()) {
        throw aborted;
      }
      attributes = attributesBefore;
      depth = depthBefore;
      return Datum.failure(aborted.reason());
    }
  }

  /** Counts what handling a value costs beyond the step of the node that does it. */
  public Datum weighed(Datum value) {
    switch (value) {
      case Datum.Text(String text) -> spend(text.length() / 4);
      case Items items -> spend(items.size() / 16);
      case Scope ad -> spend(ad.attributes().size() / 16);
      default -> {}
    }
    return value;
  }

  /** Nothing can be run any more, not even the rest of a list of which an item failed. */
  private boolean isSpent() {
    return steps > stepLimit || produced > Limits.PRODUCED_CHARS;
  }

  /** A string of this length is about to be made: ends the evaluation if it may not be. */
  public void room(long chars) {
    if (chars > Limits.STRING_CHARS) {
      throw new AbortException("a string of more than " + Limits.STRING_CHARS + " characters");
    }
    reserve(chars);
  }

  /** A list of so many items is about to be made: ends the evaluation if it may not be. */
  public void roomForItems(int items) {
    reserve((long) items * Limits.ITEM_CHARS);
  }

  /** Counts a value that a function made. */
  public Datum produced(Datum value) {
    switch (value) {
      case Datum.Text(String text) -> {
        room(text.length());
        produced += text.length();
      }
      case Items items -> {
        roomForItems(items.size());
        produced += (long) items.size() * Limits.ITEM_CHARS;
      }
      default -> {}
    }
    return value;
  }

  private void reserve(long chars) {
    if (produced + chars > Limits.PRODUCED_CHARS) {
      produced = Limits.PRODUCED_CHARS + 1L;
      throw new AbortException(
          "strings and lists of more than " + Limits.PRODUCED_CHARS + " characters in all");
    }
  }

  /** Counts work that is not a node's own. */
  public void spend(int work) {
    steps += work;
    if (steps > stepLimit || steps < 0) {
      throw outOfSteps();
    }
  }

  private AbortException outOfSteps() {
    steps = Integer.MAX_VALUE - Limits.STEPS; // the next ones end it again
    return new AbortException("more than " + stepLimit + " steps of evaluation");
  }

  /** How many steps were taken. */
  public int steps() {
    return steps;
  }

  /** The value of an attribute of this ad. */
  Datum attribute(int slot, Scope scope) {
    if (++attributes > Limits.ATTRIBUTES_IN_A_ROW) {
      throw tooManyAttributes(scope.attributes().name(slot).text());
    }
    Program program = scope.attributes().program(slot);
    Datum value = program instanceof Datum constant ? constant : run(program, scope);
    attributes--;
    return value;
  }

  /** Runs a program that may lead back to where it is run: an attribute's, or a text's. */
  public Datum runNamed(String name, Program program, Scope scope) {
    if (++attributes > Limits.ATTRIBUTES_IN_A_ROW) {
      throw tooManyAttributes(name);
    }
    Datum value = run(program, scope);
    attributes--;
    return value;
  }

  private static AbortException tooManyAttributes(String name) {
    return new AbortException(
        "a cycle, or more than " + Limits.ATTRIBUTES_IN_A_ROW + " attributes in a row, at " + name);
  }

  /** The outermost ad. */
  public Scope root() {
    return root;
  }

  /** Plans a text; null if it is not an expression. */
  public @Nullable Program read(String text) {
    return reader.read(text);
  }

  /** Seconds since 1970. */
  public long now() {
    return clock.instant().getEpochSecond();
  }

  /** Where the clock hangs: its own zone if it has one, else the machine's. */
  public ZoneId zone() {
    return clock instanceof Clock hanging ? hanging.getZone() : ZoneId.systemDefault();
  }

  /** Chance, which the clock and the place of this evaluation in memory decide. */
  public SplittableRandom random() {
    if (random == null) {
      Instant now = clock.instant();
      long place = System.identityHashCode(this);
      random = new SplittableRandom(now.getEpochSecond() * 1_000_000_007L + now.getNano() ^ place);
    }
    return random;
  }

  /** The value of a literal: a length of time that was written as a string is a real. */
  public static Datum constant(Literal literal) {
    return switch (literal) {
      case Literal.Undefined _ -> Values.UNDEFINED;
      case Literal.Failure _ -> Datum.failure("error was written");
      case Literal.Bool(boolean value, _) -> Datum.of(value);
      case Literal.Int(long value, _) -> Datum.of(value);
      case Literal.Real(double value, _) -> Datum.of(value);
      case Literal.Text(String value, _) -> Datum.of(value);
      case Literal.Moment(long seconds, int offset, _) -> new Datum.Moment(seconds, offset);
      case Literal.Interval(double seconds, _) -> Datum.of(seconds);
    };
  }
}
