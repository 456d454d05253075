package io.urubu.classad.plan;

import io.urubu.classad.ast.BinaryOperator;
import io.urubu.classad.ast.Name;
import io.urubu.classad.ast.Node;
import io.urubu.classad.ast.UnaryOperator;
import io.urubu.classad.eval.Datum;
import java.util.List;

/**
 * An expression as it will be run: parentheses are gone, scopes are told apart, what is constant is
 * computed. Plans are looked into and rewritten; a {@link Compiler} makes programs of them.
 */
public sealed interface Plan {
  /** A value that is known. */
  record Constant(Datum value) implements Plan {}

  /** An attribute; its name has no meaning of its own unless it is looked up {@code HERE}. */
  record Attribute(Where where, Name name) implements Plan {}

  /** Where an attribute is looked up. */
  enum Where {
    /** {@code x}: from the ad that the expression is written in outwards, then in the other ad. */
    HERE,
    /** {@code MY.x}: from the ad that the expression is written in outwards. */
    MINE,
    /** {@code TARGET.x}: in the other ad of the match. */
    THEIRS,
    /** {@code .x}: in the outermost ad. */
    OUTERMOST
  }

  /** The definition of one of our attributes in the place of its name. */
  record Inlined(Name name, Plan definition) implements Plan {}

  /** {@code base.name}. */
  record Selection(Plan base, Name name) implements Plan {}

  /** {@code base[index]}. */
  record Subscript(Plan base, Plan index) implements Plan {}

  /** {@code -operand} and its like. */
  record Unary(UnaryOperator operator, Plan operand) implements Plan {}

  /** Two operands; not {@code &&} or {@code ||}. */
  record Binary(BinaryOperator operator, Plan left, Plan right) implements Plan {}

  /** Several operators of one precedence, applied from left to right; not {@code &&, ||}. */
  record Chain(Plan first, List<BinaryOperator> operators, List<Plan> operands) implements Plan {
    public Chain {
      operators = List.copyOf(operators);
      operands = List.copyOf(operands);
    }
  }

  /** Terms joined by {@code &&}. One term alone becomes true, false, undefined or an error. */
  record All(List<Plan> terms) implements Plan {
    public All {
      terms = List.copyOf(terms);
    }
  }

  /** Terms joined by {@code ||}. One term alone becomes true, false, undefined or an error. */
  record Any(List<Plan> terms) implements Plan {
    public Any {
      terms = List.copyOf(terms);
    }
  }

  /** {@code test ? then : otherwise}. */
  record Choice(Plan test, Plan then, Plan otherwise) implements Plan {}

  /** {@code test ?: otherwise}. */
  record Fallback(Plan test, Plan otherwise) implements Plan {}

  /** {@code function(arguments)}. */
  record Call(Name function, List<Plan> arguments) implements Plan {
    public Call {
      arguments = List.copyOf(arguments);
    }
  }

  /** A list; its items are run in the scope that it is written in. */
  record Items(Node.Items node, List<Plan> items) implements Plan {
    public Items {
      items = List.copyOf(items);
    }
  }

  /** An ad that is written inside another expression. */
  record Ad(Node.Ad node) implements Plan {}
}
