package io.urubu.classad.parse;

import io.urubu.classad.ast.Name;
import io.urubu.classad.parse.Surroundings.Piece;
import java.util.List;
import java.util.Map;

/** What people are used to write in other languages, and how it is written in this one. */
final class Habits {
  private static final String CHOICE = "'test ? a : b'";
  private static final String MEMBER = "member(value, list)";
  private static final String PATTERN = "regexp(pattern, text)";

  private static final Map<String, String> WORDS =
      Map.ofEntries(
          Map.entry("and", "'&&'"),
          Map.entry("or", "'||'"),
          Map.entry("not", "'!'"),
          Map.entry("xor", "'!=' between truths, '^' between bits"),
          Map.entry("mod", "'%'"),
          Map.entry("div", "'/'"),
          Map.entry("eq", "'=='"),
          Map.entry("ne", "'!='"),
          Map.entry("lt", "'<'"),
          Map.entry("le", "'<='"),
          Map.entry("gt", "'>'"),
          Map.entry("ge", "'>='"),
          Map.entry("in", MEMBER),
          Map.entry("contains", MEMBER),
          Map.entry("like", PATTERN),
          Map.entry("matches", PATTERN),
          Map.entry("if", CHOICE),
          Map.entry("then", CHOICE),
          Map.entry("else", CHOICE));

  private static final Map<String, String> FACTORS =
      Map.of("k", " * 1024", "m", " * 1024 * 1024", "g", " * 1024 * 1024 * 1024");

  private Habits() {}

  /** An operator of another language; empty if this is none. */
  static String symbol(Surroundings around) {
    Piece before = around.before();
    Piece culprit = around.culprit();
    boolean glued = culprit.isGluedTo(before);
    return switch (culprit.token()) {
      case ASSIGN -> assign(around, glued);
      case GREATER -> glued ? arrow(before.token()) : "";
      case TIMES -> glued && before.token() == Token.TIMES ? "a power is written pow(a, b)" : "";
      case QUESTION ->
          glued && before.token() == Token.QUESTION
              ? "instead of an undefined value: 'a ?: b'"
              : "";
      default -> "";
    };
  }

  private static String assign(Surroundings around, boolean glued) {
    String pair = glued ? around.before().text() + "=" : "=";
    Token next = around.next().isGluedTo(around.culprit()) ? around.next().token() : Token.END;
    return switch (pair) {
      case "===" -> "write '==' to compare, '=?=' to compare kind and letter case too";
      case "!==" -> "write '!=' to compare, '=!=' to compare kind and letter case too";
      default ->
          switch (next) {
            case GREATER, GREATER_EQUAL -> "write '>='";
            case LESS, LESS_EQUAL -> "write '<='";
            case NOT -> "write '!='";
            case COMPLEMENT -> "write " + PATTERN;
            default -> apart(around.before().token());
          };
    };
  }

  /** An equals sign with a blank before it, or with something that does not belong to it. */
  private static String apart(Token before) {
    return switch (before) {
      case LESS -> "write '<=' without a blank";
      case GREATER -> "write '>=' without a blank";
      case NOT -> "write '!=' without a blank";
      case ASSIGN -> "write '==' without a blank";
      case COLON -> "a value is given with '='";
      default -> "to compare, write '=='";
    };
  }

  private static String arrow(Token before) {
    return switch (before) {
      case LESS -> "unequal is written '!='";
      case MINUS -> "an attribute of an ad is written ad.name";
      case ASSIGN -> "a value is given with '='";
      default -> "";
    };
  }

  /** {@code 10K} and its like; empty if this is none. */
  static String unit(Surroundings around) {
    Piece before = around.before();
    Piece culprit = around.culprit();
    boolean number = before.token() == Token.INT || before.token() == Token.REAL;
    if (!number || culprit.token() != Token.NAME || !culprit.isGluedTo(before)) {
      return "";
    }
    String unit = Name.key(culprit.text());
    String factor = FACTORS.get(unit.endsWith("b") ? unit.substring(0, unit.length() - 1) : unit);
    return factor == null
        ? "numbers have no units"
        : "numbers have no units: write " + before.text() + factor;
  }

  /** A word that other languages have for an operator; empty if this is none. */
  static String word(Surroundings around) {
    Piece before = around.before();
    Piece culprit = around.culprit();
    if (before.isWord("not") && around.earlier().token() == Token.IS) {
      return "for 'is not' write 'isnt' or '=!='";
    }
    if (around.next().isWord("else") || around.next().isWord("then")) {
      return "for '" + around.next().text() + "' write " + CHOICE;
    }
    boolean operates = before.token().endsOperand();
    for (Piece piece : List.of(culprit, before)) {
      String instead = piece.token() == Token.NAME ? WORDS.get(Name.key(piece.text())) : null;
      if (instead != null && operates && culprit.token().beginsOperand()) {
        return "for '" + piece.text() + "' write " + instead;
      }
    }
    return "";
  }
}
