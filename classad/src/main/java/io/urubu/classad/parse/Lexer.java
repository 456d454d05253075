package io.urubu.classad.parse;

import io.urubu.classad.ast.Name;
import org.jspecify.annotations.Nullable;

/** Cuts a text into tokens, one ahead of the parser; it makes no objects but names and strings. */
final class Lexer {
  private static final int LONGEST_SHOWN = 60;

  private final SourceText source;
  private final String text;
  private final Strings strings;
  private int at;
  private int tokens;

  private Token token = Token.END;
  private @Nullable ParseException malformed;
  private int start;
  private int end;
  private String string = "";
  private long integer;
  private double real;

  /** The tokens before are those of the same text that were read elsewhere. */
  Lexer(SourceText source, Syntax syntax, int tokensBefore) {
    this.source = source;
    this.tokens = tokensBefore;
    this.text = source.text();
    this.strings = new Strings(source, syntax);
  }

  /** The token read last. */
  Token token() {
    return token;
  }

  /** How many tokens were read so far. */
  int tokens() {
    return tokens;
  }

  int start() {
    return start;
  }

  int end() {
    return end;
  }

  /** The text of a NAME or TEXT. */
  String string() {
    return string;
  }

  long integer() {
    return integer;
  }

  double real() {
    return real;
  }

  ParseException problem(int offset, String problem) {
    return source.problem(offset, problem);
  }

  /** Why the token read last is malformed; null if it is not. */
  @Nullable ParseException malformed() {
    return malformed;
  }

  /** How a message calls the token read last. */
  String seen() {
    return switch (token) {
      case NAME, INT, REAL, TRUE, FALSE, UNDEFINED, ERROR ->
          end - start > LONGEST_SHOWN ? token.words() : "'" + text.substring(start, end) + "'";
      default -> token.words();
    };
  }

  /**
   * What is wrong with a token shows when the parser wants it: behind a conditional it does not.
   */
  void advance() throws ParseException {
    Token before = token;
    try {
      skipBlanks();
      start = at;
      token = read(before);
    } catch (ParseException e) {
      start = at;
      at = text.length();
      token = Token.MALFORMED;
      malformed = e;
    }
    end = at;
    Size.checkTokens(++tokens, this);
  }

  private void skipBlanks() throws ParseException {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == ' ' || (c >= '\t' && c <= '\r')) {
        at++;
      } else if (c == '/' && peek(1) == '/') {
        int newline = text.indexOf('\n', at);
        at = newline < 0 ? text.length() : newline;
      } else if (c == '/' && peek(1) == '*') {
        int close = text.indexOf("*/", at + 2);
        if (close < 0) {
          throw source.problem(at, "a comment that does not end, expected '*/'");
        }
        at = close + 2;
      } else {
        return;
      }
    }
  }

  private Token read(Token before) throws ParseException {
    if (at >= text.length()) {
      return Token.END;
    }
    char c = text.charAt(at);
    if (isLetter(c)) {
      return word();
    }
    if (isDigit(c) || (c == '.' && isDigit(peek(1)))) {
      return number(false);
    }
    return switch (c) {
      case '"' -> quoted(Token.TEXT, '"');
      case '\'' -> quoted(Token.NAME, '\'');
      case '-' -> minus(before);
      case '.' -> dot();
      default -> symbol(c);
    };
  }

  private Token minus(Token before) throws ParseException {
    boolean glued = isDigit(peek(1)) || (peek(1) == '.' && isDigit(peek(2)));
    if (glued && !before.endsOperand()) {
      return number(true);
    }
    return take(1, Token.MINUS);
  }

  /** A dot swallows a second one: {@code ..a} is {@code .a}, and {@code ..5} is 0.0. */
  private Token dot() throws ParseException {
    if (peek(1) == '.') {
      at++;
      if (isDigit(peek(1))) {
        at = Numerals.read(source, at, false).end();
        real = 0.0;
        return Token.REAL;
      }
    }
    return take(1, Token.DOT);
  }

  private Token word() {
    int from = at;
    boolean pure = true;
    while (at < text.length()) {
      char c = text.charAt(at);
      boolean other = c == '_' || isDigit(c);
      if (!isLetter(c) && !other) {
        break;
      }
      pure &= !other;
      at++;
    }
    string = text.substring(from, at);
    return pure && string.length() <= 9 ? keyword(string) : Token.NAME;
  }

  static Token keyword(String word) {
    return switch (Name.key(word)) {
      case "true" -> Token.TRUE;
      case "false" -> Token.FALSE;
      case "undefined" -> Token.UNDEFINED;
      case "error" -> Token.ERROR;
      case "is" -> Token.IS;
      case "isnt" -> Token.ISNT;
      default -> Token.NAME;
    };
  }

  private Token number(boolean negative) throws ParseException {
    Numerals numerals = Numerals.read(source, at, negative);
    at = numerals.end();
    integer = numerals.integer();
    real = numerals.real();
    return numerals.isReal() ? Token.REAL : Token.INT;
  }

  private Token quoted(Token kind, char quote) throws ParseException {
    string = strings.read(at, quote);
    at = strings.end();
    return kind;
  }

  private Token symbol(char c) throws ParseException {
    return switch (c) {
      case '(' -> take(1, Token.OPEN_ROUND);
      case ')' -> take(1, Token.CLOSE_ROUND);
      case '[' -> take(1, Token.OPEN_SQUARE);
      case ']' -> take(1, Token.CLOSE_SQUARE);
      case '{' -> take(1, Token.OPEN_CURLY);
      case '}' -> take(1, Token.CLOSE_CURLY);
      case ',' -> take(1, Token.COMMA);
      case ';' -> take(1, Token.SEMICOLON);
      case ':' -> take(1, Token.COLON);
      case '?' -> take(1, Token.QUESTION);
      case '~' -> take(1, Token.COMPLEMENT);
      case '+' -> take(1, Token.PLUS);
      case '*' -> take(1, Token.TIMES);
      case '/' -> take(1, Token.DIVIDE);
      case '%' -> take(1, Token.REMAINDER);
      case '^' -> take(1, Token.BIT_XOR);
      case '|' -> peek(1) == '|' ? take(2, Token.OR) : take(1, Token.BIT_OR);
      case '&' -> peek(1) == '&' ? take(2, Token.AND) : take(1, Token.BIT_AND);
      case '!' -> peek(1) == '=' ? take(2, Token.NOT_EQUAL) : take(1, Token.NOT);
      case '<' -> less();
      case '>' -> greater();
      case '=' -> assign();
      default -> throw Characters.problem(source, at);
    };
  }

  private Token less() {
    return switch (peek(1)) {
      case '=' -> take(2, Token.LESS_EQUAL);
      case '<' -> take(2, Token.SHIFT_LEFT);
      default -> take(1, Token.LESS);
    };
  }

  private Token greater() {
    return switch (peek(1)) {
      case '=' -> take(2, Token.GREATER_EQUAL);
      case '>' -> peek(2) == '>' ? take(3, Token.SHIFT_RIGHT_UNSIGNED) : take(2, Token.SHIFT_RIGHT);
      default -> take(1, Token.GREATER);
    };
  }

  private Token assign() {
    if (peek(1) == '=') {
      return take(2, Token.EQUAL);
    }
    if (peek(2) == '=' && peek(1) == '?') {
      return take(3, Token.IS);
    }
    if (peek(2) == '=' && peek(1) == '!') {
      return take(3, Token.ISNT);
    }
    return take(1, Token.ASSIGN);
  }

  private Token take(int length, Token kind) {
    at += length;
    return kind;
  }

  private char peek(int ahead) {
    return at + ahead < text.length() ? text.charAt(at + ahead) : '\0';
  }

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  }
}
