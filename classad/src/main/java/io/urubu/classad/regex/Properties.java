package io.urubu.classad.regex;

import java.util.Locale;
import java.util.Set;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Properties of characters, {@code \p{Lu}}; a byte counts as the character with its number. */
final class Properties {
  /** The general categories of Unicode, and the first letters that stand for several. */
  private static final Set<String> CATEGORIES =
      Set.of(
          ("l lu ll lt lm lo n nd nl no p pc pd ps pe pi pf po s sm sc sk so z zs zl zp c cc "
                  + "cf cn co cs m mn mc me")
              .split(" "));

  private Properties() {}

  /** Reads what stands behind {@code \p}. */
  static ByteSet read(Cursor cursor) throws MalformedPatternException {
    if (cursor.isAtEnd()) {
      throw cursor.malformed("a property without a name");
    }
    String name = cursor.take("{") ? cursor.until("}") : String.valueOf(cursor.next());
    boolean negative = name.startsWith("^");
    String plain = name.replaceAll("[\\^ _-]", "").toLowerCase(Locale.ROOT);
    IntPredicate holds = predicate(plain);
    if (holds == null) {
      throw cursor.malformed("no property " + name);
    }
    ByteSet set = ByteSet.where(holds);
    return negative ? set.not() : set;
  }

  private static @Nullable IntPredicate predicate(String name) {
    return switch (name) {
      case "any" -> _ -> true;
      case "l&", "lc" -> c -> Character.isUpperCase(c) || isLower(c);
      case "xan" -> Character::isLetterOrDigit;
      case "xwd" -> c -> Character.isLetterOrDigit(c) || c == '_';
      case "xsp", "xps" -> c -> ByteSet.SPACE.has(c) || c == 0x85 || c == 0xA0;
      case "latin", "latn" -> c -> Character.UnicodeScript.of(c) == Character.UnicodeScript.LATIN;
      case "common", "zyyy" -> c -> Character.UnicodeScript.of(c) == Character.UnicodeScript.COMMON;
      default -> category(name);
    };
  }

  private static boolean isLower(int c) {
    return Character.getType(c) == Character.LOWERCASE_LETTER;
  }

  private static @Nullable IntPredicate category(String name) {
    return CATEGORIES.contains(name) ? c -> code(Character.getType(c)).startsWith(name) : null;
  }

  private static String code(int type) {
    return switch (type) {
      case Character.UPPERCASE_LETTER -> "lu";
      case Character.LOWERCASE_LETTER -> "ll";
      case Character.OTHER_LETTER -> "lo";
      case Character.DECIMAL_DIGIT_NUMBER -> "nd";
      case Character.OTHER_NUMBER -> "no";
      case Character.SPACE_SEPARATOR -> "zs";
      case Character.CONTROL -> "cc";
      case Character.FORMAT -> "cf";
      case Character.DASH_PUNCTUATION -> "pd";
      case Character.START_PUNCTUATION -> "ps";
      case Character.END_PUNCTUATION -> "pe";
      case Character.CONNECTOR_PUNCTUATION -> "pc";
      case Character.INITIAL_QUOTE_PUNCTUATION -> "pi";
      case Character.FINAL_QUOTE_PUNCTUATION -> "pf";
      case Character.OTHER_PUNCTUATION -> "po";
      case Character.MATH_SYMBOL -> "sm";
      case Character.CURRENCY_SYMBOL -> "sc";
      case Character.MODIFIER_SYMBOL -> "sk";
      case Character.OTHER_SYMBOL -> "so";
      default -> "";
    };
  }
}
