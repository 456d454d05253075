package io.urubu.classad.parse;

import io.urubu.classad.ast.BinaryOperator;
import org.jspecify.annotations.Nullable;

/** The kinds of tokens. */
enum Token {
  END("end"),
  MALFORMED("malformed text"),
  NAME("a name"),
  INT("an integer"),
  REAL("a real number"),
  TEXT("a string"),
  TRUE("'true'"),
  FALSE("'false'"),
  UNDEFINED("'undefined'"),
  ERROR("'error'"),
  OPEN_ROUND("'('"),
  CLOSE_ROUND("')'"),
  OPEN_SQUARE("'['"),
  CLOSE_SQUARE("']'"),
  OPEN_CURLY("'{'"),
  CLOSE_CURLY("'}'"),
  DOT("'.'"),
  COMMA("','"),
  SEMICOLON("';'"),
  ASSIGN("'='"),
  QUESTION("'?'"),
  COLON("':'"),
  NOT("'!'"),
  COMPLEMENT("'~'"),
  OR(BinaryOperator.OR),
  AND(BinaryOperator.AND),
  BIT_OR(BinaryOperator.BIT_OR),
  BIT_XOR(BinaryOperator.BIT_XOR),
  BIT_AND(BinaryOperator.BIT_AND),
  EQUAL(BinaryOperator.EQUAL),
  NOT_EQUAL(BinaryOperator.NOT_EQUAL),
  IS(BinaryOperator.IS),
  ISNT(BinaryOperator.ISNT),
  LESS(BinaryOperator.LESS),
  LESS_EQUAL(BinaryOperator.LESS_EQUAL),
  GREATER(BinaryOperator.GREATER),
  GREATER_EQUAL(BinaryOperator.GREATER_EQUAL),
  SHIFT_LEFT(BinaryOperator.SHIFT_LEFT),
  SHIFT_RIGHT(BinaryOperator.SHIFT_RIGHT),
  SHIFT_RIGHT_UNSIGNED(BinaryOperator.SHIFT_RIGHT_UNSIGNED),
  PLUS(BinaryOperator.ADD),
  MINUS(BinaryOperator.SUBTRACT),
  TIMES(BinaryOperator.MULTIPLY),
  DIVIDE(BinaryOperator.DIVIDE),
  REMAINDER(BinaryOperator.REMAINDER);

  private final String words;
  private final @Nullable BinaryOperator operator;

  Token(String words) {
    this.words = words;
    this.operator = null;
  }

  Token(BinaryOperator operator) {
    this.words = "'" + operator.symbol() + "'";
    this.operator = operator;
  }

  /** How a message calls it. */
  String words() {
    return words;
  }

  @Nullable BinaryOperator operator() {
    return operator;
  }

  /** Whether it is an operand, or an operand may begin with it and with no operator. */
  boolean beginsOperand() {
    return switch (this) {
      case NAME, INT, REAL, TEXT, TRUE, FALSE, UNDEFINED, ERROR -> true;
      case OPEN_ROUND, OPEN_SQUARE, OPEN_CURLY -> true;
      default -> false;
    };
  }

  /** A minus behind one of these is an operator, never the sign of a number. */
  boolean endsOperand() {
    return switch (this) {
      case NAME, INT, REAL, TEXT, TRUE, FALSE, UNDEFINED, ERROR, DOT -> true;
      case CLOSE_ROUND, CLOSE_SQUARE, CLOSE_CURLY -> true;
      default -> false;
    };
  }
}
