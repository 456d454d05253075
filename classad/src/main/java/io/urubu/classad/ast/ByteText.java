package io.urubu.classad.ast;

/**
 * Strings of the language are bytes, read as UTF-8. A byte that is no UTF-8 is kept as the lone
 * surrogate U+DC00 + byte, so that cutting a character in two and joining it again loses nothing.
 */
public final class ByteText {
  private ByteText() {}

  public static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }

  /** The number of bytes. */
  public static int length(String text) {
    return isAscii(text) ? text.length() : bytes(text).length();
  }

  /** One char per byte, each below 256. */
  public static String bytes(String text) {
    if (isAscii(text)) {
      return text;
    }
    StringBuilder bytes = new StringBuilder(text.length() * 2);
    for (int i = 0; i < text.length(); ) {
      int point = text.codePointAt(i);
      i += Character.charCount(point);
      if (point >= 0xDC80 && point <= 0xDCFF) {
        bytes.append((char) (point - 0xDC00));
      } else {
        appendUtf8(bytes, point);
      }
    }
    return bytes.toString();
  }

  /** The text that these bytes, one per char, stand for. */
  public static String text(String bytes) {
    if (isAscii(bytes)) {
      return bytes;
    }
    StringBuilder text = new StringBuilder(bytes.length());
    for (int i = 0; i < bytes.length(); ) {
      int length = sequenceLength(bytes, i);
      if (length == 0) {
        text.append((char) (0xDC00 + bytes.charAt(i)));
        i++;
      } else {
        text.appendCodePoint(point(bytes, i, length));
        i += length;
      }
    }
    return text.toString();
  }

  /** The same text with halves of characters that came to stand side by side joined again. */
  public static String joined(String text) {
    return hasLone(text) ? text(bytes(text)) : text;
  }

  private static boolean hasLone(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (isLone(text, i)) {
        return true;
      }
    }
    return false;
  }

  /** Whether this char stands for a byte that is no UTF-8. */
  public static boolean isLone(String text, int at) {
    char c = text.charAt(at);
    return c >= 0xDC80
        && c <= 0xDCFF
        && (at == 0 || !Character.isHighSurrogate(text.charAt(at - 1)));
  }

  private static void appendUtf8(StringBuilder bytes, int point) {
    if (point < 0x80) {
      bytes.append((char) point);
    } else if (point < 0x800) {
      bytes.append((char) (0xC0 | (point >> 6))).append((char) (0x80 | (point & 0x3F)));
    } else if (point < 0x10000) {
      bytes
          .append((char) (0xE0 | (point >> 12)))
          .append((char) (0x80 | ((point >> 6) & 0x3F)))
          .append((char) (0x80 | (point & 0x3F)));
    } else {
      bytes
          .append((char) (0xF0 | (point >> 18)))
          .append((char) (0x80 | ((point >> 12) & 0x3F)))
          .append((char) (0x80 | ((point >> 6) & 0x3F)))
          .append((char) (0x80 | (point & 0x3F)));
    }
  }

  private static int point(String bytes, int at, int length) {
    if (length == 1) {
      return bytes.charAt(at);
    }
    int point = bytes.charAt(at) & (0xFF >> (length + 1));
    for (int i = 1; i < length; i++) {
      point = (point << 6) | (bytes.charAt(at + i) & 0x3F);
    }
    return point;
  }

  /** The length of the well-formed UTF-8 sequence that begins here; 0 if there is none. */
  private static int sequenceLength(String bytes, int at) {
    int first = bytes.charAt(at);
    int length = first < 0x80 ? 1 : first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    if (length == 0 || first > 0xF4 || at + length > bytes.length()) {
      return 0;
    }
    for (int i = 1; i < length; i++) {
      if ((bytes.charAt(at + i) & 0xC0) != 0x80) {
        return 0;
      }
    }
    int second = length > 1 ? bytes.charAt(at + 1) : 0x80;
    boolean wrong =
        (first == 0xE0 && second < 0xA0)
            || (first == 0xED && second > 0x9F)
            || (first == 0xF0 && second < 0x90)
            || (first == 0xF4 && second > 0x8F);
    return wrong ? 0 : length;
  }
}
