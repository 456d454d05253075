package io.urubu.classad.xml;

import io.urubu.classad.parse.ParseException;
import io.urubu.classad.parse.SourceText;

/** Resolves the entities of XML. There are only the five that it has itself, and numbers. */
final class XmlEntities {
  private static final int LONGEST = 10;

  private XmlEntities() {}

  static void decode(SourceText source, int from, int to, StringBuilder out) throws ParseException {
    decode(source, from, to, false, out);
  }

  /** The same with blanks before each char that take the room of its entity. */
  static String decodeInPlace(SourceText source, int from, int to) throws ParseException {
    StringBuilder out = new StringBuilder(to - from);
    decode(source, from, to, true, out);
    return out.toString();
  }

  private static void decode(
      SourceText source, int from, int to, boolean inPlace, StringBuilder out)
      throws ParseException {
    String text = source.text();
    int at = from;
    while (at < to) {
      int ampersand = text.indexOf('&', at);
      if (ampersand < 0 || ampersand >= to) {
        out.append(text, at, to);
        return;
      }
      out.append(text, at, ampersand);
      int end = text.indexOf(';', ampersand);
      if (end < 0 || end >= to || end - ampersand > LONGEST) {
        throw source.problem(ampersand, "'&' that begins no entity, expected '&amp;'");
      }
      out.repeat(' ', inPlace ? end - ampersand : 0);
      out.appendCodePoint(entity(source, ampersand, text.substring(ampersand + 1, end)));
      at = end + 1;
    }
  }

  private static int entity(SourceText source, int at, String name) throws ParseException {
    return switch (name) {
      case "lt" -> '<';
      case "gt" -> '>';
      case "amp" -> '&';
      case "quot" -> '"';
      case "apos" -> '\'';
      default -> {
        if (!name.startsWith("#")) {
          throw source.problem(at, "unknown entity '&" + name + ";', expected '&amp;' or '&lt;'");
        }
        yield number(source, at, name);
      }
    };
  }

  private static int number(SourceText source, int at, String name) throws ParseException {
    try {
      int point =
          name.startsWith("#x")
              ? Integer.parseInt(name.substring(2), 16)
              : Integer.parseInt(name.substring(1));
      if (point > 0 && point <= Character.MAX_CODE_POINT && !isSurrogate(point)) {
        return point;
      }
    } catch (NumberFormatException _) {
      // the same as a number that is no character
    }
    throw source.problem(at, "'&" + name + ";' is no character");
  }

  private static boolean isSurrogate(int point) {
    return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
  }
}
