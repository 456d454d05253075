package io.urubu.classad.print;

import io.urubu.classad.ast.ByteText;
import io.urubu.classad.ast.Name;

/** Writes names, in quotes where they are not plain identifiers. */
final class Names {
  private Names() {}

  static void print(Name name, Style style, StringBuilder out) {
    if (isPlain(name.text()) && !isReserved(name.key())) {
      out.append(name.text());
    } else {
      out.append('\'');
      if (style.isOld() && (!style.isExact() || fitsOldSyntax(name.text()))) {
        Literals.old(name.text(), '\'', out);
      } else {
        Literals.escaped(name.text(), '\'', style.isTraditional(), out);
      }
      out.append('\'');
    }
  }

  /** Unlike strings, names have no other way to be written: only what cannot be read is left. */
  private static boolean fitsOldSyntax(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '\n' || ByteText.isLone(text, i)) {
        return false;
      }
    }
    return !text.endsWith("\\");
  }

  private static boolean isPlain(String text) {
    if (text.isEmpty() || (text.charAt(0) >= '0' && text.charAt(0) <= '9')) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
      if (!letter && (c < '0' || c > '9')) {
        return false;
      }
    }
    return true;
  }

  private static boolean isReserved(String key) {
    return switch (key) {
      case "true", "false", "undefined", "error", "is", "isnt", "parent" -> true;
      default -> false;
    };
  }
}
