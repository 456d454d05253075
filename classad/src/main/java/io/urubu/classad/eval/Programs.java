package io.urubu.classad.eval;

import io.urubu.classad.ast.BinaryOperator;
import io.urubu.classad.ast.Name;
import io.urubu.classad.ast.Node;
import io.urubu.classad.ast.UnaryOperator;
import java.util.List;

/** Makes the programs of compound expressions. */
public final class Programs {
  private Programs() {}

  public static Program reference(Name name, boolean absolute) {
    return new Reference(name, absolute);
  }

  public static Program selection(Program base, Name name) {
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
