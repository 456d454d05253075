package io.urubu.classad;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** Spoils texts byte by byte: the result need not even be UTF-8. */
final class Mutations {
  private static final List<String> PIECES =
      List.of(
          "(",
          ")",
          "[",
          "]",
          "{",
          "}",
          "\"",
          "'",
          "\\",
          "\n",
          "\0",
          "/*",
          "*/",
          "//",
          "-",
          "?",
          ":",
          "=?=",
          "..",
          "0x",
          "1e",
          "\\0",
          "\\377",
          "is",
          "error",
          "'\\'",
          "=",
          ";",
          ",",
          "&",
          "<",
          "eval(",
          "MY.",
          "<c>",
          "</a>",
          "&#0;",
          "\\u0000",
          "\\/Expr(",
          "\u00e9",
          "1e999",
          "<!");

  private final RandomGenerator random;
  private final List<byte[]> texts;

  /** Spoils these texts, and joins pieces of one with pieces of another. */
  Mutations(RandomGenerator random, List<byte[]> texts) {
    this.random = random;
    this.texts = texts;
  }

  byte[] next() {
    if (random.nextInt(20) == 0) {
      byte[] noise = new byte[random.nextInt(60)];
      random.nextBytes(noise);
      return noise;
    }
    byte[] text = pick();
    for (int i = random.nextInt(1, 5); i > 0; i--) {
      text = mutated(text);
    }
    return text;
  }

  private byte[] pick() {
    return texts.get(random.nextInt(texts.size()));
  }

  private byte[] mutated(byte[] text) {
    int at = random.nextInt(text.length + 1);
    int to = Math.min(text.length, at + random.nextInt(1, 12));
    byte[] tail = Arrays.copyOfRange(text, at, text.length);
    byte[] head = Arrays.copyOf(text, at);
    return switch (random.nextInt(8)) {
      case 0 -> flipped(text);
      case 1 -> joined(head, Arrays.copyOfRange(text, to, text.length));
      case 2 -> joined(head, Arrays.copyOfRange(text, at, to), tail);
      case 3 -> repeated(head, Arrays.copyOfRange(text, at, to), tail);
      case 4 -> head;
      case 5 -> {
        byte[] other = pick();
        yield joined(
            head, Arrays.copyOfRange(other, random.nextInt(other.length + 1), other.length));
      }
      case 6 -> joined(head, new byte[] {(byte) random.nextInt(256)}, tail);
      default ->
          joined(
              head,
              PIECES.get(random.nextInt(PIECES.size())).getBytes(StandardCharsets.UTF_8),
              tail);
    };
  }

  private byte[] flipped(byte[] text) {
    byte[] copy = text.clone();
    if (copy.length > 0) {
      copy[random.nextInt(copy.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return copy;
  }

  private byte[] repeated(byte[] head, byte[] middle, byte[] tail) {
    byte[] whole = head;
    for (int i = random.nextInt(2, 200); i > 0; i--) {
      whole = joined(whole, middle);
    }
    return joined(whole, tail);
  }

  private static byte[] joined(byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    byte[] whole = new byte[length];
    int at = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, whole, at, part.length);
      at += part.length;
    }
    return whole;
  }
}
