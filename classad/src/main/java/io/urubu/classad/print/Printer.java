package io.urubu.classad.print;

import io.urubu.classad.ast.BinaryOperator;
import io.urubu.classad.ast.ByteText;
import io.urubu.classad.ast.Literal;
import io.urubu.classad.ast.Name;
import io.urubu.classad.ast.Node;
import io.urubu.classad.ast.UnaryOperator;
import io.urubu.classad.limit.FreshStack;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/** Writes trees as text. */
public final class Printer {
  /** How deep a tree is written on the caller's stack. */
  private static final int DEPTH_HERE = 4 * FreshStack.LEVELS;

  private static final int LIST_INDENT = 3;
  private static final int AD_INDENT = 4;

  private static final Comparator<Node.Field> SHORT_FIRST =
      Comparator.comparing(
          field -> ByteText.bytes(field.name().key()),
          Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()));

  private final Style style;
  private final StringBuilder out;
  private final long longest;
  private final boolean onFreshStack;
  private int indent;
  private int depth;

  private Printer(Style style, StringBuilder out, long longest, boolean onFreshStack) {
    this.style = style;
    this.out = out;
    this.longest = longest;
    this.onFreshStack = onFreshStack;
  }

  public static String print(Node node, Style style) {
    StringBuilder out = new StringBuilder();
    print(node, style, out);
    return out.toString();
  }

  public static void print(Node node, Style style, StringBuilder out) {
    print(style, out, Long.MAX_VALUE, printer -> printer.node(node));
  }

  private static void print(Style style, StringBuilder out, long longest, Consumer<Printer> whole) {
    int start = out.length();
    FreshStack.whole(
        isFresh -> {
          out.setLength(start);
          whole.accept(new Printer(style, out, longest, isFresh));
          return out;
        });
  }

  /**
   * Writes the tree unless that takes many more chars than these.
   *
   * @throws TooLongException when it does
   */
  public static String print(Node node, Style style, int longest) {
    StringBuilder out = new StringBuilder();
    print(style, out, longest, printer -> printer.node(node));
    return out.toString();
  }

  /** A text grew longer than asked for. */
  public static final class TooLongException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooLongException() {
      super("too long to print", null, false, false);
    }
  }

  /** Writes an ad with its attributes as they come; those of ads within it are put in order. */
  public static void inGivenOrder(Node.Ad ad, Style style, StringBuilder out) {
    print(style, out, Long.MAX_VALUE, printer -> printer.ad(ad.fields()));
  }

  /** Writes a name as it stands before the {@code =} of an attribute. */
  public static void name(Name name, Style style, StringBuilder out) {
    Names.print(name, style, out);
  }

  /** Writes a real in the style's way, one that is no number as a call. */
  public static String real(double value, Style style) {
    return Reals.print(value, style);
  }

  /** Writes the text in ASCII with C's escapes, and one before the quote. */
  public static String escaped(String text, char quote) {
    StringBuilder out = new StringBuilder(text.length() + 10);
    Literals.escaped(text, quote, true, out);
    return out.toString();
  }

  private void node(Node node) {
    if (out.length() > longest) {
      throw new TooLongException();
    }
    if (++depth >= DEPTH_HERE && !onFreshStack) {
      throw FreshStack.needed();
    }
    print(node);
    depth--;
  }

  private void print(Node node) {
    switch (node) {
      case Literal literal -> Literals.print(literal, style, out);
      case Node.Reference(Name name, boolean absolute, _) -> {
        if (absolute) {
          out.append('.');
        }
        Names.print(name, style, out);
      }
      case Node.Selection(Node base, Name name, _) -> selection(base, name);
      case Node.Subscript(Node base, Node index, _) -> {
        node(base);
        out.append('[');
        node(index);
        out.append(']');
      }
      case Node.Parenthesis(Node inner, _) -> {
        out.append('(');
        node(inner);
        out.append(')');
      }
      case Node.Unary(UnaryOperator operator, Node operand, _) -> unary(operator, operand);
      case Node.Chain chain -> chain(chain);
      case Node.Conditional conditional -> conditional(conditional);
      case Node.Call(Name function, List<Node> arguments, _) -> call(function, arguments);
      case Node.Items(List<Node> items, _) -> items(items);
      case Node.Ad ad -> ad(ad);
    }
  }

  private void selection(Node base, Name name) {
    node(base);
    if (style.isExact() && base instanceof Literal.Int) {
      out.append(' '); // glued, the dot would be the number's
    }
    out.append('.');
    bare(name);
  }

  private void call(Name function, List<Node> arguments) {
    bare(function);
    out.append('(');
    separated(arguments);
    out.append(')');
  }

  private void items(List<Node> items) {
    if (style == Style.INDENTED) {
      indentedItems(items);
      return;
    }
    out.append(style.isTight() ? "{" : "{ ");
    separated(items);
    out.append(style.isTight() ? "}" : " }");
  }

  /** Tradition leaves some names bare even where that does not read back. */
  private void bare(Name name) {
    if (style.isExact()) {
      Names.print(name, style, out);
    } else {
      out.append(name.text());
    }
  }

  private void unary(UnaryOperator operator, Node operand) {
    if (!style.isTight()) {
      out.append(' ');
    }
    out.append(operator.symbol());
    if (style.isExact() && operator == UnaryOperator.MINUS && beginsWithDigit(operand)) {
      out.append(' '); // glued, the minus would be the sign of the number
    }
    node(operand);
  }

  private static boolean beginsWithDigit(Node operand) {
    Node first = operand;
    while (true) {
      switch (first) {
        case Node.Selection(Node base, _, _) -> first = base;
        case Node.Subscript(Node base, _, _) -> first = base;
        case Literal.Int _ -> {
          return true;
        }
        case Literal.Real(double number, _) -> {
          return Double.isFinite(number); // others are written as calls
        }
        default -> {
          return false;
        }
      }
    }
  }

  private void chain(Node.Chain chain) {
    node(chain.first());
    for (Node.Link link : chain.links()) {
      out.append(' ').append(symbol(link.operator())).append(' ');
      node(link.operand());
    }
  }

  private String symbol(BinaryOperator operator) {
    if (style.isTraditional() && operator == BinaryOperator.IS) {
      return "is";
    }
    if (style.isTraditional() && operator == BinaryOperator.ISNT) {
      return "isnt";
    }
    return operator.symbol();
  }

  private void conditional(Node.Conditional conditional) {
    node(conditional.test());
    Node then = conditional.then();
    if (then == null) {
      out.append(" ?: ");
    } else {
      out.append(" ? ");
      node(then);
      out.append(" : ");
    }
    node(conditional.otherwise());
  }

  private void separated(List<Node> nodes) {
    String separator = "";
    for (Node node : nodes) {
      out.append(separator);
      node(node);
      separator = style.isTight() ? ", " : ",";
    }
  }

  private void ad(Node.Ad ad) {
    List<Node.Field> fields = inOrder(ad.fields());
    if (style == Style.INDENTED) {
      indentedAd(fields);
    } else {
      ad(fields);
    }
  }

  private void ad(List<Node.Field> fields) {
    out.append(style.isTight() ? "[" : "[ ");
    String separator = "";
    for (Node.Field field : fields) {
      out.append(separator);
      Names.print(field.name(), style, out);
      out.append(" = ");
      node(field.value());
      separator = "; ";
    }
    out.append(style.isTight() ? "]" : " ]");
  }

  /** Tradition prints short names first, names of one length by the alphabet. */
  private List<Node.Field> inOrder(List<Node.Field> fields) {
    return style.isExact() ? fields : fields.stream().sorted(SHORT_FIRST).toList();
  }

  private void indentedItems(List<Node> items) {
    open('{', LIST_INDENT);
    String separator = "";
    for (Node item : items) {
      out.append(separator);
      line();
      node(item);
      separator = ",";
    }
    close('}', LIST_INDENT);
  }

  private void indentedAd(List<Node.Field> fields) {
    open('[', AD_INDENT);
    String separator = "";
    for (Node.Field field : fields) {
      out.append(separator);
      line();
      Names.print(field.name(), style, out);
      out.append(" = ");
      node(field.value());
      separator = "; ";
    }
    close(']', AD_INDENT);
  }

  private void open(char bracket, int step) {
    indent += step;
    line();
    out.append(bracket);
    indent += step;
  }

  private void close(char bracket, int step) {
    indent -= step;
    line();
    out.append(bracket);
    indent -= step;
  }

  private void line() {
    out.append('\n').repeat(' ', indent);
  }
}
