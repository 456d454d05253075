package io.urubu.classad;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Texts that people write by mistake, each with the whole message that they get. A block of the
 * file is {@code ## kind}, the text, {@code --}, the message; {@code <U+00A0>} stands for what
 * cannot be seen. What the messages are now is in {@code target}, to look at and to copy when it is
 * right.
 */
@Tag("unit")
final class SyntaxErrorGoldenTest {
  private static final Path WRITTEN =
      Path.of("src/test/resources/io/urubu/classad/syntax-errors.txt");
  private static final Path NOW = Path.of("target/syntax-errors.txt");

  @Test
  void everyMistakeIsToldWithPlaceAndMend() throws IOException {
    String written = Files.readString(WRITTEN);

    List<String> blocks = List.of(written.split("(?m)^## "));
    List<String> now = new ArrayList<>(List.of(blocks.getFirst()));
    blocks.stream().skip(1).map(SyntaxErrorGoldenTest::told).forEach(now::add);
    Files.writeString(NOW, String.join("## ", now));

    assertThat(blocks).hasSizeGreaterThan(60);
    assertThat(NOW).content().isEqualTo(written);
  }

  private static String told(String block) {
    String kind = block.substring(0, block.indexOf('\n'));
    String text = block.substring(kind.length() + 1, block.indexOf("\n--\n"));
    return kind + "\n" + text + "\n--\n" + message(kind, seen(text)) + "\n\n";
  }

  private static String seen(String text) {
    return text.replace("<U+00A0>", "\u00A0")
        .replace("<U+200B>", "\u200B")
        .replace("<U+FEFF>", "\uFEFF")
        .replace("<U+0000>", "\0")
        .replace("<U+001B>", "\u001B")
        .replace("<TAB>", "\t");
  }

  private static String message(String kind, String text) {
    try {
      Object read =
          switch (kind) {
            case "expression" -> Expression.parse(text, "job.ad");
            case "old expression" -> Expression.parseOld(text, "");
            case "ad" -> ClassAd.parse(text, "job.ad");
            default -> throw new IllegalArgumentException(kind);
          };
      return "no problem: " + read;
    } catch (ClassAdSyntaxException e) {
      return String.valueOf(e.getMessage());
    }
  }
}
