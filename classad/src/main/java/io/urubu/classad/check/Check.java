package io.urubu.classad.check;

import io.urubu.classad.ast.Literal;
import io.urubu.classad.ast.Name;
import io.urubu.classad.ast.Node;
import io.urubu.classad.ast.Span;
import io.urubu.classad.check.Finding.Kind;
import io.urubu.classad.function.Functions;
import io.urubu.classad.parse.ParseException;
import io.urubu.classad.parse.Parser;
import io.urubu.classad.parse.Remark;
import io.urubu.classad.parse.SourceText;
import io.urubu.classad.parse.Syntax;
import io.urubu.classad.print.Printer;
import io.urubu.classad.print.Style;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Goes through the tree of a text and collects what its author can hardly mean. */
public final class Check {
  private static final int SHOWN = 40;

  private final SourceText source;
  private final List<Finding> findings = new ArrayList<>();

  private Check(SourceText source) {
    this.source = source;
  }

  /** What is found in an expression, in the order of the text. */
  public static List<Finding> expression(SourceText source, Syntax syntax) throws ParseException {
    Check check = new Check(source);
    check.visit(Parser.expression(source, syntax));
    int end = Parser.end(source, syntax);
    if (end < source.text().length()) {
      check.ignored(end);
    }
    check.findings.sort(Comparator.comparingInt(Finding::line).thenComparing(Finding::column));
    return List.copyOf(check.findings);
  }

  private void ignored(int from) {
    String rest = source.text().substring(from).strip();
    String shown = rest.length() > SHOWN ? rest.substring(0, SHOWN) + "..." : rest;
    add(
        Kind.IGNORED_TEXT,
        from,
        "nothing reads what follows a conditional: '%s' (an operator or parentheses are missing)"
            .formatted(shown));
  }

  private void add(Kind kind, int at, String problem) {
    Remark remark = source.remark(at, problem);
    findings.add(
        new Finding(
            kind, remark.source(), remark.line(), remark.column(), problem, remark.message()));
  }

  private void visit(Node node) {
    switch (node) {
      case Literal _ -> {}
      case Node.Reference(Name name, boolean absolute, Span span) -> {
        if (!absolute && hasQuotes(span) && !needsQuotes(name)) {
          add(
              Kind.QUOTED_NAME,
              span.start(),
              "'%s' is the name of an attribute; a string stands in double quotes: \"%s\""
                  .formatted(name.text(), name.text()));
        }
      }
      case Node.Selection(Node base, _, _) -> visit(base);
      case Node.Subscript(Node base, Node index, _) -> {
        visit(base);
        visit(index);
      }
      case Node.Parenthesis(Node inner, _) -> visit(inner);
      case Node.Unary(_, Node operand, _) -> visit(operand);
      case Node.Chain chain -> {
        visit(chain.first());
        chain.links().forEach(link -> visit(link.operand()));
        operators(chain);
      }
      case Node.Conditional conditional -> {
        visit(conditional.test());
        Optional.ofNullable(conditional.then()).ifPresent(this::visit);
        visit(conditional.otherwise());
      }
      case Node.Call call -> call(call);
      case Node.Items items -> items.items().forEach(this::visit);
      case Node.Ad ad -> ad.fields().forEach(field -> visit(field.value()));
    }
  }

  private boolean hasQuotes(Span span) {
    return source.text().charAt(span.start()) == '\'';
  }

  private static boolean needsQuotes(Name name) {
    StringBuilder printed = new StringBuilder();
    Printer.name(name, Style.LINE, printed);
    return printed.charAt(0) == '\'';
  }

  private void call(Node.Call call) {
    Functions.signature(call.function())
        .ifPresentOrElse(
            signature -> {
              int given = call.arguments().size();
              if (!signature.takes(given)) {
                add(
                    Kind.ARGUMENT_COUNT,
                    call.span().start(),
                    signature + (given == 0 ? ", not none" : ", not " + given));
              }
            },
            () ->
                add(
                    Kind.UNKNOWN_FUNCTION,
                    call.span().start(),
                    Functions.unknownName(call.function())));
    call.arguments().forEach(this::visit);
  }

  private void operators(Node.Chain chain) {
    Node left = chain.first();
    boolean first = true;
    for (Node.Link link : chain.links()) {
      if (first) {
        Operands.problem(link.operator(), left, link.operand())
            .ifPresent(problem -> add(problem.kind(), chain.span().start(), problem.words()));
      }
      if (!first && Operands.isOrder(link.operator())) {
        add(
            Kind.COMPARISON_OF_TRUTH,
            link.operand().span().start(),
            "'%1$s' compares what is true or false with this: write a %1$s b && b %1$s c"
                .formatted(link.operator().symbol()));
        return;
      }
      first = false;
      left = link.operand();
    }
  }
}
