package io.urubu.classad.ast;

/** An operator with one operand. */
public enum UnaryOperator {
  MINUS("-"),
  PLUS("+"),
  NOT("!"),
  COMPLEMENT("~");

  private final String symbol;

  UnaryOperator(String symbol) {
    this.symbol = symbol;
  }

  public String symbol() {
    return symbol;
  }
}
