package io.urubu.classad.eval;

import io.urubu.classad.ast.BinaryOperator;
import io.urubu.classad.ast.Name;
import io.urubu.classad.ast.Node;
import io.urubu.classad.ast.UnaryOperator;
import java.util.List;

/** Makes the programs of compound expressions. */
public final class Programs {
  private Programs() {}

  public static Reference reference(Name name, boolean absolute) {
    return new Reference(name, absolute);
  }

  /** {@code x}. */
  public static Program here(Name name) {
    return read(name, true, true, reference(name, false));
  }

  /** {@code MY.x}. */
  public static Program mine(Name name) {
    return read(name, true, false, selection(reference(Name.of("MY"), false), name));
  }

  /** {@code TARGET.x}. */
  public static Program theirs(Name name) {
    return read(name, false, true, selection(reference(Name.of("TARGET"), false), name));
  }

  private static Program read(Name name, boolean mine, boolean theirs, Program general) {
    return ScopeName.of(name.key()) == ScopeName.NONE
        ? new AttributeRead(name, mine, theirs, general)
        : general;
  }

  /** The definition of an attribute, which counts as one that is looked up. */
  public static Program inlined(Name name, Program definition) {
    return new Inlined(name, definition);
  }

  /** Terms joined by {@code &&}. */
  public static Program all(List<Program> terms) {
    return Terms.all(terms);
  }

  /** Terms joined by {@code ||}. */
  public static Program any(List<Program> terms) {
    return Terms.any(terms);
  }

  /** Any operator but {@code &&} and {@code ||}. */
  public static Program binary(BinaryOperator operator, Program left, Program right) {
    if (left instanceof AttributeRead attribute && isComparison(operator)) {
      if (right instanceof Datum.Int || right instanceof Datum.Real) {
        return new ComparedWithNumber(operator, attribute, (Datum) right);
      }
      if (right instanceof Datum.Text text) {
        return new ComparedWithText(operator, attribute, text);
      }
    }
    return new Binary(operator, left, right);
  }

  private static boolean isComparison(BinaryOperator operator) {
    return switch (operator) {
      case EQUAL, NOT_EQUAL, LESS, LESS_EQUAL, GREATER, GREATER_EQUAL -> true;
      default -> false;
    };
  }

  public static Selection selection(Program base, Name name) {
    return new Selection(base, name);
  }

  public static Program subscript(Program base, Program index) {
    return new Subscript(base, index);
  }

  public static Program unary(UnaryOperator operator, Program operand) {
    return new Unary(operator, operand);
  }

  /** Operators applied from left to right to {@code first} and the operands. */
  public static Program chain(
      Program first, List<BinaryOperator> operators, List<Program> operands) {
    return new Chain(first, operators, operands);
  }

  public static Program choice(Program test, Program then, Program otherwise) {
    return new Choice(test, then, otherwise);
  }

  /** The test's value unless it is undefined. */
  public static Program fallback(Program test, Program otherwise) {
    return new Fallback(test, otherwise);
  }

  public static Program call(Function function, List<Program> arguments) {
    return new Call(function, arguments);
  }

  public static Program items(Node.Items source, List<Program> programs) {
    return new ItemsLiteral(source, programs);
  }

  public static Program ad(Attributes attributes) {
    return new AdLiteral(attributes);
  }
}
