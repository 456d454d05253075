package io.urubu.classad.parse;

import java.math.BigInteger;

/** A number in the text: where it ends and its value, whole or real. */
record Numerals(int end, boolean isReal, long integer, double real) {
  private static final int LONGEST = 19;

  /** Reads the number whose digits (or sign, when negative) begin at {@code from}. */
  static Numerals read(SourceText source, int from, boolean negative) throws ParseException {
    String text = source.text();
    int digits = negative ? from + 1 : from;
    if (at(text, digits) == '0' && (at(text, digits + 1) | 0x20) == 'x') {
      return hexadecimal(source, from, digits + 2, negative);
    }
    int end = skipDigits(text, digits);
    int whole = end;
    if (at(text, end) == '.') {
      if (!Lexer.isDigit(at(text, end + 1))) {
        throw source.problem(
            end + 1,
            "a number that ends in a dot, expected a digit (write "
                + text.substring(digits, end + 1)
                + "0)");
      }
      end = skipDigits(text, end + 1);
    }
    if ((at(text, end) | 0x20) == 'e') {
      end = exponent(source, end);
    }
    if (end > whole) {
      return new Numerals(end, true, 0, Double.parseDouble(text.substring(from, end)));
    }
    return new Numerals(end, false, integer(source, from, digits, end, negative), 0);
  }

  private static int exponent(SourceText source, int mark) throws ParseException {
    String text = source.text();
    int sign = at(text, mark + 1) == '+' || at(text, mark + 1) == '-' ? 1 : 0;
    if (!Lexer.isDigit(at(text, mark + 1 + sign))) {
      throw source.problem(mark + 1 + sign, "an exponent without digits, expected a digit");
    }
    return skipDigits(text, mark + 1 + sign);
  }

  private static long integer(SourceText source, int from, int digits, int end, boolean negative)
      throws ParseException {
    String text = source.text();
    if (end - digits > 1 && text.charAt(digits) == '0') {
      // Behind a sign the language reads leading zeros, if the rest would do as octal digits.
      String rest = text.substring(digits, end);
      if (!negative || rest.indexOf('8') >= 0 || rest.indexOf('9') >= 0) {
        throw source.problem(
            digits,
            "'%s' begins with zero, expected a decimal number (write %s)"
                .formatted(rest, rest.replaceFirst("^0+(?=.)", "")));
      }
    }
    if (end - digits > LONGEST) {
      return 0;
    }
    try {
      return Long.parseLong(text.substring(from, end));
    } catch (NumberFormatException _) {
      return 0; // what does not fit 64 bits is 0 in this language
    }
  }

  /** Hexadecimal is refused but for two accidents that stored ads may hold: -0x1f and 0x1.8. */
  private static Numerals hexadecimal(SourceText source, int from, int digits, boolean negative)
      throws ParseException {
    String text = source.text();
    int end = skipHexadecimal(text, digits);
    if (end > digits && at(text, end) == '.' && skipHexadecimal(text, end + 1) > end + 1) {
      end = skipHexadecimal(text, end + 1);
      return new Numerals(end, true, 0, Double.parseDouble(text.substring(from, end) + "p0"));
    }
    if (negative && end > digits) {
      return new Numerals(end, false, 0, 0);
    }
    String written = text.substring(from, end);
    String decimal = end > digits ? " (write " + decimal(text.substring(digits, end)) + ")" : "";
    throw source.problem(
        from, "'" + written + "' is hexadecimal, expected a decimal number" + decimal);
  }

  private static String decimal(String hexadecimal) {
    return new BigInteger(hexadecimal, 16).toString();
  }

  private static int skipDigits(String text, int from) {
    int at = from;
    while (Lexer.isDigit(at(text, at))) {
      at++;
    }
    return at;
  }

  private static int skipHexadecimal(String text, int from) {
    int at = from;
    while (Character.digit(at(text, at), 16) >= 0 && at(text, at) < 0x80) {
      at++;
    }
    return at;
  }

  private static char at(String text, int index) {
    return index < text.length() ? text.charAt(index) : '\0';
  }
}
