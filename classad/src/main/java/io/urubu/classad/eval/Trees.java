package io.urubu.classad.eval;

import io.urubu.classad.ast.Literal;
import io.urubu.classad.ast.Node;
import io.urubu.classad.ast.Span;
import java.util.ArrayList;
import java.util.List;

/** Writes values back as trees, for printing. */
public final class Trees {
  private Trees() {}

  public static Node of(Datum value) {
    return switch (value) {
      case Datum.Undefined _ -> new Literal.Undefined(Span.NONE);
      case Datum.Failure _ -> new Literal.Failure(Span.NONE);
      case Datum.Bool(boolean set) -> new Literal.Bool(set, Span.NONE);
      case Datum.Int(long number) -> new Literal.Int(number, Span.NONE);
      case Datum.Real(double number) -> new Literal.Real(number, Span.NONE);
      case Datum.Text(String text) -> new Literal.Text(text, Span.NONE);
      case Datum.Moment(long seconds, int offset) -> new Literal.Moment(seconds, offset, Span.NONE);
      case Datum.Interval(double seconds) ->
          // A computed length of time has always been written in whole seconds.
          new Literal.Interval(Numbers.narrow(seconds), Span.NONE);
      case Items items -> items(items);
      case Scope ad -> ad(ad.attributes());
    };
  }

  public static Node.Ad ad(Attributes attributes) {
    List<Node.Field> fields = new ArrayList<>(attributes.size());
    for (Attributes.Attribute attribute : attributes.all()) {
      fields.add(new Node.Field(attribute.name(), attribute.node()));
    }
    return new Node.Ad(fields, Span.NONE);
  }

  private static Node items(Items items) {
    Node.Items written = items.origin().node();
    if (written != null) {
      return written;
    }
    List<Node> nodes = new ArrayList<>(items.size());
    for (Program program : items.programs()) {
      if (program instanceof Datum value) {
        nodes.add(of(value));
      }
    }
    return new Node.Items(nodes, Span.NONE);
  }
}
