package io.urubu.classad;

import io.urubu.classad.ast.BinaryOperator;
import io.urubu.classad.ast.Literal;
import io.urubu.classad.ast.Name;
import io.urubu.classad.ast.Node;
import io.urubu.classad.ast.Span;
import io.urubu.classad.ast.UnaryOperator;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Makes trees such as the parser could have made. */
final class RandomTrees {
  private static final List<String> NAMES =
      List.of(
          "a",
          "B",
          "a",
          "B",
          "my",
          "TARGET",
          "parent",
          "odd name",
          "true",
          "is",
          "x1",
          "é",
          "q'q",
          "root",
          "toplevel",
          "other",
          "self",
          "CurrentTime",
          "_",
          "0",
          "a.b",
          "error");
  private static final List<String> FUNCTIONS =
      List.of(
          ("strcat size length member identicalMember ifThenElse eval int real bool string substr sum avg"
                  + " min max isUndefined isError isString isList regexp regexpMember regexps replace"
                  + " replaceAll split join nope stringListMember stringListIMember stringListSize"
                  + " stringListSum stringListsIntersect stringListSubsetMatch absTime relTime interval"
                  + " formatTime splitTime getYear getDays toUpper toLower strcmp stricmp versioncmp"
                  + " versionLE version_in_range floor ceil round pow quantize anyCompare allCompare"
                  + " evalInEachContext countMatches unparse unresolved splitUserName splitSlotName"
                  + " listToArgs argsToList mergeEnvironment envV1ToV2 debug time")
              .split(" "));
  private static final List<String> PIECES =
      List.of("a", "\"", "\\", "\n", "\t", "'", " ", "é", "\uD83D\uDE00", "\uDCFF", "\u0007", "0");

  private final RandomGenerator random;

  RandomTrees(RandomGenerator random) {
    this.random = random;
  }

  Node expression(int depth) {
    return switch (random.nextInt(8)) {
      case 0 ->
          new Node.Conditional(
              chain(1, depth - 1), expression(depth - 1), expression(depth - 1), Span.NONE);
      case 1 -> new Node.Conditional(chain(1, depth - 1), null, expression(depth - 1), Span.NONE);
      default -> chain(1, depth);
    };
  }

  private Node chain(int precedence, int depth) {
    if (depth <= 0 || precedence > 10 || random.nextInt(3) == 0) {
      return unary(depth);
    }
    int level = random.nextInt(precedence, 11);
    List<BinaryOperator> operators =
        List.of(BinaryOperator.values()).stream().filter(o -> o.precedence() == level).toList();
    List<Node.Link> links = new ArrayList<>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      links.add(new Node.Link(pick(operators), chain(level + 1, depth - 1)));
    }
    return new Node.Chain(chain(level + 1, depth - 1), links, Span.NONE);
  }

  private Node unary(int depth) {
    return random.nextInt(4) == 0
        ? new Node.Unary(pick(List.of(UnaryOperator.values())), unary(depth - 1), Span.NONE)
        : postfix(depth);
  }

  private Node postfix(int depth) {
    Node node = primary(depth);
    for (int i = random.nextInt(4); i > 2; i--) {
      node =
          random.nextBoolean()
              ? new Node.Selection(node, name(), Span.NONE)
              : new Node.Subscript(node, expression(depth - 1), Span.NONE);
    }
    return node;
  }

  private Node primary(int depth) {
    return switch (random.nextInt(depth <= 0 ? 5 : 9)) {
      case 0, 1, 2 -> literal();
      case 3 -> new Node.Reference(name(), false, Span.NONE);
      case 4 -> new Node.Reference(name(), true, Span.NONE);
      case 5 -> new Node.Parenthesis(expression(depth - 1), Span.NONE);
      case 6 -> new Node.Items(expressions(depth), Span.NONE);
      case 7 -> ad(depth);
      default -> call(depth);
    };
  }

  /** Times written as strings are folded by the parser, so a call never has one. */
  private Node call(int depth) {
    Node.Call call = new Node.Call(Name.of(pick(FUNCTIONS)), expressions(depth), Span.NONE);
    boolean folds =
        call.arguments().size() == 1 && call.arguments().getFirst() instanceof Literal.Text;
    return folds ? call.arguments().getFirst() : call;
  }

  Node.Ad ad(int depth) {
    Map<String, Node.Field> fields = new LinkedHashMap<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      Name name = name();
      fields.put(name.key(), new Node.Field(name, expression(depth - 1)));
    }
    return new Node.Ad(List.copyOf(fields.values()), Span.NONE);
  }

  private List<Node> expressions(int depth) {
    List<Node> nodes = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      nodes.add(expression(depth - 1));
    }
    return nodes;
  }

  private Node literal() {
    return switch (random.nextInt(10)) {
      case 0 -> new Literal.Undefined(Span.NONE);
      case 1 -> new Literal.Failure(Span.NONE);
      case 2 -> new Literal.Bool(random.nextBoolean(), Span.NONE);
      case 3 -> new Literal.Int(random.nextInt(10), Span.NONE);
      case 4 -> new Literal.Int(random.nextLong() >>> 1, Span.NONE);
      case 5 -> new Literal.Real(random.nextDouble() * 100, Span.NONE);
      case 6 -> new Literal.Real(Math.abs(finite()), Span.NONE);
      case 7 ->
          new Literal.Moment(
              random.nextLong(0, 4_000_000_000L), 60 * random.nextInt(900), Span.NONE);
      case 8 -> new Literal.Interval(random.nextInt(-200_000, 200_000) / 4.0, Span.NONE);
      default -> new Literal.Text(text(), Span.NONE);
    };
  }

  private double finite() {
    double value = Double.longBitsToDouble(random.nextLong());
    return Double.isFinite(value) ? value : 1e300;
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(6); i > 0; i--) {
      text.append(pick(PIECES));
    }
    return text.toString();
  }

  private Name name() {
    return Name.of(pick(NAMES));
  }

  private <T> T pick(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
