package io.urubu.classad.parse;

import io.urubu.classad.parse.Surroundings.Piece;
import java.util.stream.Stream;

/** Guesses from what stands around a culprit how to mend it. */
final class Mend {
  private static final String OWN_LINES =
      "attributes stand on lines of their own, or in [ a = 1; b = 2 ]";

  private Mend() {}

  /** How to mend what the parser stumbled over while it expected this; empty if none can tell. */
  static String of(Surroundings around, String expected) {
    return Stream.of(
            runaway(around.before()),
            runaway(around.culprit()),
            definition(around, expected),
            Habits.symbol(around),
            Habits.unit(around),
            Habits.word(around),
            quotes(around),
            separator(around),
            called(around),
            side(around),
            bracket(around))
        .filter(text -> !text.isEmpty())
        .findFirst()
        .orElse("");
  }

  /** A string that lacks its quote ends where the next one begins. */
  static String runaway(Piece piece) {
    return piece.goesOn()
        ? "the string at " + piece.place() + " goes on in the next line: is its end missing?"
        : "";
  }

  private static String quotes(Surroundings around) {
    Piece before = around.before();
    Piece culprit = around.culprit();
    boolean text = before.token() == Token.TEXT || culprit.token() == Token.TEXT;
    if (text && culprit.isGluedTo(before) && isWord(culprit.token()) && isWord(before.token())) {
      return "a quote inside a string is written \\\"";
    }
    return before.token() == Token.TEXT && culprit.token() == Token.TEXT
        ? "strings side by side are not joined here: write strcat(a, b)"
        : "";
  }

  private static boolean isWord(Token token) {
    return token.beginsOperand() && token.endsOperand();
  }

  /** Where a name is needed, or what gives it its value. */
  private static String definition(Surroundings around, String expected) {
    Piece culprit = around.culprit();
    boolean afterDot = culprit.text().startsWith(".") && around.before().token().endsOperand();
    if (expected.equals(Token.ASSIGN.words())) {
      return "write " + around.before().text() + " = value";
    }
    if (!expected.equals(Parser.ATTRIBUTE_NAME) && !afterDot) {
      return "";
    }
    return switch (culprit.token()) {
      case TRUE, FALSE, UNDEFINED, ERROR, IS, ISNT ->
          "'%1$s' means something else; the name is written '%1$s', with the quotes"
              .formatted(culprit.text());
      case TEXT -> "names stand without quotes, odd ones in single quotes";
      case INT, REAL -> "names begin with a letter; others stand in single quotes";
      case OPEN_CURLY -> "an ad is written [ name = value; ... ]";
      default -> "";
    };
  }

  private static String separator(Surroundings around) {
    Piece before = around.before();
    Piece culprit = around.culprit();
    if (culprit.token() == Token.NAME
        && around.next().token() == Token.ASSIGN
        && before.token().endsOperand()) {
      return around.isInside(Token.OPEN_SQUARE)
          ? "is a ';' missing before '" + culprit.text() + "'?"
          : OWN_LINES;
    }
    return switch (culprit.token()) {
      case COLON -> colon(around);
      case COMMA -> comma(around);
      case SEMICOLON -> semicolon(around);
      case CLOSE_ROUND, CLOSE_CURLY -> doubled(before);
      default -> "";
    };
  }

  private static String colon(Surroundings around) {
    if (around.next().token() == Token.ASSIGN) {
      return "to compare, write '=='";
    }
    return around.isInside(Token.OPEN_CURLY)
        ? "an ad is written [ name = value; ... ]"
        : "a choice is written 'test ? a : b'";
  }

  private static String comma(Surroundings around) {
    if (around.isInsideNothing()) {
      return around.next().token() == Token.END
          ? "nothing is needed at the end"
          : "a list is written { a, b }";
    }
    return around.isInside(Token.OPEN_SQUARE)
        ? "attributes are separated by ';'"
        : doubled(around.before());
  }

  private static String semicolon(Surroundings around) {
    if (around.isInsideNothing()) {
      return around.next().token() == Token.END ? "nothing is needed at the end" : OWN_LINES;
    }
    return around.isInside(Token.OPEN_CURLY)
        ? "items are separated by ','; is a '}' missing?"
        : notClosed(around);
  }

  private static String doubled(Piece before) {
    boolean separator = before.token() == Token.COMMA || before.token() == Token.SEMICOLON;
    return separator ? "take away the '" + before.text() + "' at " + before.place() : "";
  }

  private static String called(Surroundings around) {
    if (around.culprit().token() != Token.OPEN_ROUND) {
      return "";
    }
    return switch (around.before().token()) {
      case CLOSE_ROUND -> "is an operator missing? A result cannot be called";
      case INT, REAL, TEXT, TRUE, FALSE, UNDEFINED, ERROR, CLOSE_SQUARE, CLOSE_CURLY ->
          "is an operator missing? Only a name can be called";
      default -> "";
    };
  }

  /** An operator without its left or right side. */
  private static String side(Surroundings around) {
    Piece before = around.before();
    Piece culprit = around.culprit();
    if (before.token().operator() != null || before.token() == Token.NOT) {
      return "'" + before.text() + "' at " + before.place() + " has nothing on its right side";
    }
    boolean leftMissing = !before.token().endsOperand() && culprit.token().operator() != null;
    return leftMissing ? "'" + culprit.text() + "' has nothing on its left side" : "";
  }

  private static String bracket(Surroundings around) {
    Token token = around.culprit().token();
    return switch (token) {
      case CLOSE_ROUND, CLOSE_SQUARE, CLOSE_CURLY -> {
        if (around.isInsideNothing()) {
          yield "no bracket is open here";
        }
        yield around.isInside(opener(token)) ? "" : notClosed(around);
      }
      case END -> {
        if (around.isFirst()) {
          yield "there is nothing to read";
        }
        yield around.isInsideNothing() ? "" : notClosed(around);
      }
      default -> "";
    };
  }

  private static Token opener(Token closer) {
    return switch (closer) {
      case CLOSE_ROUND -> Token.OPEN_ROUND;
      case CLOSE_SQUARE -> Token.OPEN_SQUARE;
      default -> Token.OPEN_CURLY;
    };
  }

  private static String notClosed(Surroundings around) {
    return around.openBracket() + " is not closed";
  }
}
