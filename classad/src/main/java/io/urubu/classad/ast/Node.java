package io.urubu.classad.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A node of the syntax tree. Parentheses are kept: printing shows them as they were written. */
public sealed interface Node permits Literal, Node.Compound {
  Span span();

  /** Every node that is not a literal. */
  sealed interface Compound extends Node {}

  /** {@code x}, or {@code .x} when absolute. */
  record Reference(Name name, boolean absolute, Span span) implements Compound {}

  /** {@code base.name}. */
  record Selection(Node base, Name name, Span span) implements Compound {}

  /** {@code base[index]}. */
  record Subscript(Node base, Node index, Span span) implements Compound {}

  /** {@code (inner)}. */
  record Parenthesis(Node inner, Span span) implements Compound {}

  /** {@code -operand} and its like. */
  record Unary(UnaryOperator operator, Node operand, Span span) implements Compound {}

  /**
   * Operators of one precedence, applied from left to right: {@code a + b - c}. A chain is flat,
   * however long, so that a constraint of ten thousand terms is not ten thousand levels deep.
   */
  record Chain(Node first, List<Link> links, Span span) implements Compound {
    public Chain {
      links = List.copyOf(links);
    }
  }

  /** One operator of a chain and what stands to its right. */
  record Link(BinaryOperator operator, Node operand) {}

  /** {@code test ? then : otherwise}; without {@code then} it is {@code test ?: otherwise}. */
  record Conditional(Node test, @Nullable Node then, Node otherwise, Span span)
      implements Compound {}

  /** {@code function(arguments)}. */
  record Call(Name function, List<Node> arguments, Span span) implements Compound {
    public Call {
      arguments = List.copyOf(arguments);
    }
  }

  /** <code>{ items }</code>. */
  record Items(List<Node> items, Span span) implements Compound {
    public Items {
      items = List.copyOf(items);
    }
  }

  /** {@code [ name = value; ... ]}; no two fields have the same key. */
  record Ad(List<Field> fields, Span span) implements Compound {
    public Ad {
      fields = List.copyOf(fields);
    }
  }

  /** One attribute of an ad. */
  record Field(Name name, Node value) {}
}
