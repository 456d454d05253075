package io.urubu.classad.parse;

import io.urubu.classad.ast.BinaryOperator;
import io.urubu.classad.ast.Literal;
import io.urubu.classad.ast.Name;
import io.urubu.classad.ast.Node;
import io.urubu.classad.ast.Span;
import io.urubu.classad.ast.UnaryOperator;
import io.urubu.classad.limit.FreshStack;
import io.urubu.classad.limit.Limits;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads expressions and ads. The depth of nesting is limited, the length is not. */
public final class Parser {
  /** What messages say where a name is needed. */
  static final String ATTRIBUTE_NAME = "an attribute name";

  private final SourceText source;
  private final Syntax syntax;
  private final Lexer lexer;
  private int depth;
  private final boolean onFreshStack;
  private boolean wantsOperand;

  private Parser(SourceText source, Syntax syntax, boolean onFreshStack) throws ParseException {
    this(source, syntax, onFreshStack, 0);
  }

  private Parser(SourceText source, Syntax syntax, boolean onFreshStack, int tokensBefore)
      throws ParseException {
    this.source = source;
    this.syntax = syntax;
    this.onFreshStack = onFreshStack;
    this.lexer = new Lexer(source, syntax, tokensBefore);
    lexer.advance();
  }

  /** Reads one expression and nothing else. */
  public static Node expression(String text, Syntax syntax) throws ParseException {
    return expression(SourceText.of(text), syntax);
  }

  /** Reads one expression and nothing else. */
  public static Node expression(SourceText source, Syntax syntax) throws ParseException {
    Size.check("an expression", source, Limits.EXPRESSION_CHARS);
    return FreshStack.whole(isFresh -> new Parser(source, syntax, isFresh).wholeRest());
  }

  /** Where the text begins that is not read, since it stands behind a conditional; or its end. */
  public static int end(SourceText source, Syntax syntax) throws ParseException {
    return FreshStack.whole(
        isFresh -> {
          Parser parser = new Parser(source, syntax, isFresh);
          parser.wholeRest();
          return parser.lexer.token() == Token.END ? source.text().length() : parser.lexer.start();
        });
  }

  /** Reads {@code [a = 1; b = 2]} and nothing else. */
  public static Node.Ad ad(String text) throws ParseException {
    return ad(SourceText.of(text));
  }

  /** Reads {@code [a = 1; b = 2]} and nothing else. */
  public static Node.Ad ad(SourceText source) throws ParseException {
    Size.check("an ad", source, Limits.AD_CHARS);
    return FreshStack.whole(isFresh -> new Parser(source, Syntax.NEW, isFresh).wholeAd());
  }

  private Node.Ad wholeAd() throws ParseException {
    if (lexer.token() != Token.OPEN_SQUARE) {
      throw unexpected("'['");
    }
    Node node = outermost();
    end();
    if (!(node instanceof Node.Ad ad)) {
      throw source.problem(0, "an expression that begins with an ad, expected the ad alone");
    }
    return ad;
  }

  /** Reads lines of {@code Name = expression}; empty lines and lines that begin with # are none. */
  public static Node.Ad lines(String text, Syntax syntax) throws ParseException {
    return lines(SourceText.of(text), syntax);
  }

  /** Reads lines of {@code Name = expression}; empty lines and lines that begin with # are none. */
  public static Node.Ad lines(SourceText source, Syntax syntax) throws ParseException {
    Size.check("an ad", source, Limits.AD_CHARS);
    return FreshStack.whole(isFresh -> lines(source, syntax, isFresh));
  }

  private static Node.Ad lines(SourceText source, Syntax syntax, boolean isFresh)
      throws ParseException {
    Map<String, Node.Field> fields = new LinkedHashMap<>();
    int number = source.firstLine() - 1;
    int tokens = 0;
    for (String line : source.text().split("\n", -1)) {
      number++;
      String bare = line.strip();
      if (!bare.isEmpty() && bare.charAt(0) != '#') {
        SourceText one = new SourceText(withoutReturn(line), source.name(), number);
        Parser parser = new Parser(one, syntax, isFresh, tokens);
        Name name = parser.attributeName();
        parser.expect(Token.ASSIGN);
        put(fields, name, parser.wholeRest());
        Size.checkAttributes(fields.size(), parser.lexer);
        tokens = parser.lexer.tokens();
      }
    }
    return new Node.Ad(List.copyOf(fields.values()), new Span(0, source.text().length()));
  }

  private static String withoutReturn(String line) {
    return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
  }

  /** Whether a word of letters, digits and underscores can be the name of an attribute. */
  public static boolean isName(String word) {
    return !Lexer.isDigit(word.charAt(0)) && Lexer.keyword(word) == Token.NAME;
  }

  /** The language does not look at what follows a conditional, and stored ads rely on it. */
  private Node wholeRest() throws ParseException {
    Node node = outermost();
    if (!(node instanceof Node.Conditional)) {
      end();
    }
    return node;
  }

  /** A caller may be deep in its stack already, where the limit of levels is not reached. */
  private Node outermost() throws ParseException {
    try {
      return expression();
    } catch (StackOverflowError _) {
      throw tooDeep();
    }
  }

  private void end() throws ParseException {
    if (lexer.token() != Token.END) {
      throw unexpected("an operator or the end");
    }
  }

  private Node expression() throws ParseException {
    deeper();
    if (depth >= FreshStack.LEVELS && !onFreshStack) {
      throw FreshStack.needed();
    }
    Node test = chain(1);
    Node node = lexer.token() == Token.QUESTION ? conditional(test) : test;
    depth--;
    return node;
  }

  private Node conditional(Node test) throws ParseException {
    lexer.advance();
    Node then = null;
    if (lexer.token() != Token.COLON) {
      then = middle();
    }
    expect(Token.COLON, "an operator or ':'");
    Node otherwise = expression();
    return new Node.Conditional(test, then, otherwise, between(test, otherwise));
  }

  /** What is no expression, yet ends at a colon, has always counted as left out. */
  private @Nullable Node middle() throws ParseException {
    int before = depth;
    try {
      return expression();
    } catch (ParseException e) {
      if (!wantsOperand || lexer.token() != Token.COLON) {
        throw e;
      }
      depth = before;
      return null;
    } finally {
      wantsOperand = false;
    }
  }

  private Node chain(int precedence) throws ParseException {
    Node first = unary();
    while (true) {
      BinaryOperator operator = lexer.token().operator();
      if (operator == null || operator.precedence() < precedence) {
        return first;
      }
      first = links(first, operator.precedence());
    }
  }

  /** All links of one precedence; the operands bind tighter. */
  private Node links(Node first, int precedence) throws ParseException {
    List<Node.Link> links = new ArrayList<>(1);
    Node last = first;
    BinaryOperator operator = lexer.token().operator();
    while (operator != null && operator.precedence() == precedence) {
      lexer.advance();
      last = chain(precedence + 1);
      links.add(new Node.Link(operator, last));
      operator = lexer.token().operator();
    }
    return new Node.Chain(first, links, between(first, last));
  }

  private Node unary() throws ParseException {
    UnaryOperator operator = unaryOperator(lexer.token());
    if (operator == null) {
      return postfix(primary());
    }
    int start = lexer.start();
    deeper();
    lexer.advance();
    Node operand = unary();
    depth--;
    return new Node.Unary(operator, operand, new Span(start, operand.span().end()));
  }

  private static @Nullable UnaryOperator unaryOperator(Token token) {
    return switch (token) {
      case MINUS -> UnaryOperator.MINUS;
      case PLUS -> UnaryOperator.PLUS;
      case NOT -> UnaryOperator.NOT;
      case COMPLEMENT -> UnaryOperator.COMPLEMENT;
      default -> null;
    };
  }

  private Node postfix(Node base) throws ParseException {
    int before = depth;
    Node node = base;
    while (true) {
      if (lexer.token() == Token.DOT) {
        deeper();
        lexer.advance();
        int end = lexer.end();
        Name name = name(ATTRIBUTE_NAME);
        node = new Node.Selection(node, name, new Span(base.span().start(), end));
      } else if (lexer.token() == Token.OPEN_SQUARE) {
        deeper();
        lexer.advance();
        Node index = expression();
        int end = lexer.end();
        expect(Token.CLOSE_SQUARE, "an operator or ']'");
        node = new Node.Subscript(node, index, new Span(base.span().start(), end));
      } else {
        depth = before;
        return node;
      }
    }
  }

  private Node primary() throws ParseException {
    Span span = new Span(lexer.start(), lexer.end());
    return switch (lexer.token()) {
      case NAME -> reference(span);
      case DOT -> absolute(span);
      case OPEN_ROUND -> parenthesis(span);
      case OPEN_CURLY -> items(span);
      case OPEN_SQUARE -> ad();
      case INT -> literal(new Literal.Int(lexer.integer(), span));
      case REAL -> literal(new Literal.Real(lexer.real(), span));
      case TEXT -> literal(new Literal.Text(lexer.string(), span));
      case TRUE -> literal(new Literal.Bool(true, span));
      case FALSE -> literal(new Literal.Bool(false, span));
      case UNDEFINED -> literal(new Literal.Undefined(span));
      case ERROR -> literal(new Literal.Failure(span));
      default -> {
        wantsOperand = true;
        throw unexpected("a value, a name or '('");
      }
    };
  }

  private Node literal(Literal literal) throws ParseException {
    lexer.advance();
    return literal;
  }

  private Node reference(Span span) throws ParseException {
    Name name = Name.of(lexer.string());
    lexer.advance();
    if (lexer.token() != Token.OPEN_ROUND) {
      return new Node.Reference(name, false, span);
    }
    lexer.advance();
    List<Node> arguments = new ArrayList<>(2);
    if (lexer.token() != Token.CLOSE_ROUND) {
      arguments.add(expression());
      while (lexer.token() == Token.COMMA || lexer.token() == Token.SEMICOLON) {
        lexer.advance();
        arguments.add(expression());
      }
    }
    Span whole = new Span(span.start(), lexer.end());
    expect(Token.CLOSE_ROUND, "an operator, ',' or ')'");
    return folded(new Node.Call(name, arguments, whole));
  }

  /** Times written as strings are read at once: a malformed one is no expression. */
  private Node folded(Node.Call call) throws ParseException {
    boolean moment = call.function().key().equals("abstime");
    boolean interval = call.function().key().equals("reltime");
    if ((!moment && !interval)
        || call.arguments().size() != 1
        || !(call.arguments().getFirst() instanceof Literal.Text(String text, Span place))) {
      return call;
    }
    Literal literal =
        moment ? TimeText.moment(text, call.span()) : IntervalText.literal(text, call.span());
    if (literal == null) {
      throw source.problem(
          place.start(),
          moment
              ? "not a point in time, expected \"yyyy-mm-ddThh:mm:ss\" and a zone (Z, +hh:mm)"
              : "not a length of time, expected \"days+hh:mm:ss\" or \"1h30m\"");
    }
    return literal;
  }

  private Node absolute(Span dot) throws ParseException {
    lexer.advance();
    int end = lexer.end();
    Name name = name(ATTRIBUTE_NAME);
    return new Node.Reference(name, true, new Span(dot.start(), end));
  }

  private Node parenthesis(Span open) throws ParseException {
    lexer.advance();
    Node inner = expression();
    Span span = new Span(open.start(), lexer.end());
    expect(Token.CLOSE_ROUND, "an operator or ')'");
    return new Node.Parenthesis(inner, span);
  }

  private Node items(Span open) throws ParseException {
    lexer.advance();
    List<Node> items = new ArrayList<>();
    if (lexer.token() != Token.CLOSE_CURLY) {
      items.add(expression());
      while (lexer.token() == Token.COMMA) {
        lexer.advance();
        items.add(expression());
      }
    }
    Span span = new Span(open.start(), lexer.end());
    expect(Token.CLOSE_CURLY, "an operator, ',' or '}'");
    return new Node.Items(items, span);
  }

  private Node.Ad ad() throws ParseException {
    int start = lexer.start();
    lexer.advance();
    Map<String, Node.Field> fields = new LinkedHashMap<>();
    skipSemicolons();
    while (lexer.token() != Token.CLOSE_SQUARE) {
      Name name = attributeName();
      expect(Token.ASSIGN);
      put(fields, name, expression());
      Size.checkAttributes(fields.size(), lexer);
      if (lexer.token() != Token.CLOSE_SQUARE) {
        expect(Token.SEMICOLON, "an operator, ';' or ']'");
        skipSemicolons();
      }
    }
    Span span = new Span(start, lexer.end());
    lexer.advance();
    return new Node.Ad(List.copyOf(fields.values()), span);
  }

  /** A name defined twice keeps its place and spelling and takes the later value. */
  private static void put(Map<String, Node.Field> fields, Name name, Node value) {
    fields.merge(
        name.key(),
        new Node.Field(name, value),
        (first, later) -> new Node.Field(first.name(), later.value()));
  }

  private void skipSemicolons() throws ParseException {
    while (lexer.token() == Token.SEMICOLON) {
      lexer.advance();
    }
  }

  private Name attributeName() throws ParseException {
    int before = lexer.start();
    Name name = name(ATTRIBUTE_NAME);
    if (name.text().isEmpty()) {
      throw source.problem(before, "an attribute with an empty name, expected a name");
    }
    return name;
  }

  private Name name(String expected) throws ParseException {
    if (lexer.token() != Token.NAME) {
      throw unexpected(expected);
    }
    Name name = Name.of(lexer.string());
    lexer.advance();
    return name;
  }

  private void expect(Token token) throws ParseException {
    expect(token, token.words());
  }

  private void expect(Token token, String expected) throws ParseException {
    if (lexer.token() != token) {
      throw unexpected(expected);
    }
    lexer.advance();
  }

  private ParseException unexpected(String expected) {
    ParseException malformed = lexer.malformed();
    if (malformed != null) {
      return malformed;
    }
    int at = lexer.start();
    Surroundings around = new Surroundings(source, syntax, at);
    if (lexer.token() == Token.END) {
      at = around.before().end(); // where something is missing, not behind the blanks and newlines
    }
    String mend = Mend.of(around, expected);
    return source.problem(
        at,
        "unexpected %s, expected %s".formatted(lexer.seen(), expected)
            + (mend.isEmpty() ? "" : " (" + mend + ")"));
  }

  private void deeper() throws ParseException {
    if (++depth > Limits.NESTING) {
      throw tooDeep();
    }
  }

  private ParseException tooDeep() {
    return source.problem(lexer.start(), "nested deeper than " + Limits.NESTING + " levels");
  }

  private static Span between(Node first, Node last) {
    return new Span(first.span().start(), last.span().end());
  }
}
