package io.urubu.classad.parse;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What stands before and behind the place where a parse went wrong. It is found by cutting the text
 * into tokens once more, so that a parse that goes well pays nothing for it.
 */
final class Surroundings {
  private static final Piece NOTHING = new Piece(Token.END, "", 0, 0, SourceText.of(""));

  private final SourceText source;
  private final Deque<Piece> open = new ArrayDeque<>();
  private Piece earlier = NOTHING;
  private Piece before = NOTHING;
  private Piece culprit = NOTHING;
  private Piece next = NOTHING;
  private @Nullable Piece runaway;

  /** A token and its text. */
  record Piece(Token token, String text, int start, int end, SourceText source) {
    Place place() {
      return source.place(start);
    }

    boolean isGluedTo(Piece left) {
      return start == left.end && left.end > 0;
    }

    /** A string that does not end in its line. */
    boolean goesOn() {
      int newline = text.indexOf('\n');
      return newline > 0
          && (text.startsWith("\"") || text.startsWith("'"))
          && text.substring(0, newline).chars().filter(c -> c == text.charAt(0)).count() % 2 == 1;
    }

    /** A bare word, as opposed to a name in quotes. */
    boolean isWord(String word) {
      return token == Token.NAME && text.equalsIgnoreCase(word);
    }
  }

  Surroundings(SourceText source, Syntax syntax, int at) {
    this.source = source;
    Lexer lexer = new Lexer(source, syntax, 0);
    try {
      lexer.advance();
      while (lexer.token() != Token.END && lexer.start() < at) {
        pass(piece(lexer));
        lexer.advance();
      }
      culprit = piece(lexer);
      lexer.advance();
      next = piece(lexer);
    } catch (ParseException _) {
      next = NOTHING; // the text goes on with something that is no token
    }
  }

  private Piece piece(Lexer lexer) {
    String text = source.text().substring(lexer.start(), lexer.end());
    return new Piece(lexer.token(), text, lexer.start(), lexer.end(), source);
  }

  private void pass(Piece piece) {
    earlier = before;
    before = piece;
    runaway = piece.goesOn() ? piece : runaway;
    switch (piece.token()) {
      case OPEN_ROUND, OPEN_SQUARE, OPEN_CURLY -> open.push(piece);
      case CLOSE_ROUND, CLOSE_SQUARE, CLOSE_CURLY -> open.poll();
      default -> {}
    }
  }

  /** The token that cannot stand where it stands. */
  Piece culprit() {
    return culprit;
  }

  /** The token before the culprit; END if there is none. */
  Piece before() {
    return before;
  }

  /** The token before that. */
  Piece earlier() {
    return earlier;
  }

  /** The token behind the culprit. */
  Piece next() {
    return next;
  }

  boolean isFirst() {
    return before.end() == 0;
  }

  boolean isInside(Token bracket) {
    Piece innermost = open.peek();
    return innermost != null && innermost.token() == bracket;
  }

  boolean isInsideNothing() {
    return open.isEmpty();
  }

  /** The innermost bracket that is open, with its place; empty if there is none. */
  String openBracket() {
    Piece innermost = open.peek();
    return innermost == null ? "" : "'" + innermost.text() + "' at " + innermost.place();
  }

  /** The last string before the culprit that does not end in its line; empty if there is none. */
  Optional<Piece> runaway() {
    return Optional.ofNullable(runaway);
  }
}
