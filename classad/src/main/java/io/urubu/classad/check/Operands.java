package io.urubu.classad.check;

import io.urubu.classad.ast.BinaryOperator;
import io.urubu.classad.ast.Literal;
import io.urubu.classad.ast.Node;
import io.urubu.classad.check.Finding.Kind;
import java.util.Optional;

/** Operators whose operands do not go together, whatever the ads say. */
final class Operands {
  private Operands() {}

  /** What is wrong with them. */
  record Problem(Kind kind, String words) {}

  static Optional<Problem> problem(BinaryOperator operator, Node left, Node right) {
    Node a = bare(left);
    Node b = bare(right);
    return switch (operator) {
      case EQUAL, NOT_EQUAL, LESS, LESS_EQUAL, GREATER, GREATER_EQUAL -> compared(operator, a, b);
      case ADD, SUBTRACT, MULTIPLY, DIVIDE, REMAINDER -> computed(operator, a, b);
      case BIT_AND, BIT_OR, BIT_XOR -> bits(operator, a, b);
      case AND, OR, IS, ISNT, SHIFT_LEFT, SHIFT_RIGHT, SHIFT_RIGHT_UNSIGNED -> Optional.empty();
    };
  }

  static boolean isOrder(BinaryOperator operator) {
    return switch (operator) {
      case LESS, LESS_EQUAL, GREATER, GREATER_EQUAL -> true;
      default -> false;
    };
  }

  private static Optional<Problem> compared(BinaryOperator operator, Node a, Node b) {
    String symbol = operator.symbol();
    if (a instanceof Literal.Undefined || b instanceof Literal.Undefined) {
      return Optional.of(
          new Problem(
              Kind.COMPARISON_WITH_NOTHING,
              "'%s' with undefined is always undefined: write '%s'"
                  .formatted(symbol, operator == BinaryOperator.NOT_EQUAL ? "=!=" : "=?=")));
    }
    if (a instanceof Literal.Failure || b instanceof Literal.Failure) {
      return Optional.of(
          new Problem(
              Kind.COMPARISON_WITH_NOTHING,
              "'%s' with error is always an error: write isError(x)".formatted(symbol)));
    }
    return isMixed(a, b)
        ? Optional.of(
            new Problem(
                Kind.STRING_WITH_NUMBER,
                "'%s' between a string and a number is always an error".formatted(symbol)))
        : Optional.empty();
  }

  private static Optional<Problem> computed(BinaryOperator operator, Node a, Node b) {
    boolean strings = a instanceof Literal.Text && b instanceof Literal.Text;
    return strings || isMixed(a, b)
        ? Optional.of(
            new Problem(
                Kind.STRING_WITH_NUMBER,
                "'%s' with a string is always an error (strcat(a, b) joins, int(\"5\") is 5)"
                    .formatted(operator.symbol())))
        : Optional.empty();
  }

  private static Optional<Problem> bits(BinaryOperator operator, Node a, Node b) {
    String instead =
        switch (operator) {
          case BIT_AND -> "&&";
          case BIT_OR -> "||";
          default -> "!=";
        };
    return isTruth(a) || isTruth(b)
        ? Optional.of(
            new Problem(
                Kind.BITS_OF_TRUTH,
                "'%s' takes the bits of integers: between truths write '%s'"
                    .formatted(operator.symbol(), instead)))
        : Optional.empty();
  }

  private static boolean isMixed(Node a, Node b) {
    return (a instanceof Literal.Text && isNumber(b)) || (isNumber(a) && b instanceof Literal.Text);
  }

  private static boolean isNumber(Node node) {
    return node instanceof Literal.Int
        || node instanceof Literal.Real
        || node instanceof Literal.Bool;
  }

  /** What is true or false if it is anything. */
  private static boolean isTruth(Node node) {
    return node instanceof Literal.Bool
        || (node instanceof Node.Chain chain
            && switch (chain.links().getLast().operator()) {
              case OR, AND, EQUAL, NOT_EQUAL, IS, ISNT -> true;
              case LESS, LESS_EQUAL, GREATER, GREATER_EQUAL -> true;
              case BIT_OR, BIT_XOR, BIT_AND, SHIFT_LEFT, SHIFT_RIGHT -> false;
              case SHIFT_RIGHT_UNSIGNED, ADD, SUBTRACT, MULTIPLY, DIVIDE, REMAINDER -> false;
            });
  }

  private static Node bare(Node node) {
    Node inner = node;
    while (inner instanceof Node.Parenthesis(Node content, _)) {
      inner = content;
    }
    return inner;
  }
}
