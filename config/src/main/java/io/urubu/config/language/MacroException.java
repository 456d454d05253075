package io.urubu.config.language;

/** A text cannot be expanded: macros that refer to each other, or far too much text. */
public final class MacroException extends Exception {
  private static final long serialVersionUID = 1L;

  public MacroException(String message) {
    super(message);
  }
}
