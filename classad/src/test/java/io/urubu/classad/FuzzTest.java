package io.urubu.classad;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Whatever bytes come in, they are read or refused with a message, and what was read can be run and
 * printed. Work is measured in memory that is taken, which does not depend on the machine, and in
 * time of the processor as a last resort.
 */
@Tag("unit")
class FuzzTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.ofEpochSecond(1_700_000_000));
  private static final ThreadMXBean THREAD = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** What reading may take: some for messages, and some for each byte. */
  private static final long BYTES_AT_LEAST = 64 << 20;

  private static final long BYTES_PER_BYTE = 2000;

  /** An ad may be two bytes, and each reader and writer has its buffers. */
  private static final long BYTES_PER_BYTE_OF_ADS = 50_000;

  private static final long NANOS = 5_000_000_000L;

  private int read;
  private int refused;
  private int errors;
  private final Set<String> kinds = new TreeSet<>();

  @Test
  void spoiledExpressionsAreReadOrRefusedAndRun() throws Exception {
    List<byte[]> texts = new ArrayList<>();
    for (GoldenTables.Row row : GoldenTables.readOwn("corpus.tsv")) {
      texts.add(bytes(row.get("expression")));
    }
    int rounds = Rounds.of(6000);
    Rounds.announce("spoiled expressions", rounds);
    ClassAd my = ClassAd.parse("[a = 1; b = \"x\"; c = a + 1; l = {1, \"x\", c}; n = [d = a]]");
    ClassAd target = ClassAd.parse("[a = 2; d = TARGET.c; Requirements = MY.a > TARGET.a]");
    for (int round = 0; round < rounds; round++) {
      byte[] bytes = new Mutations(Rounds.random(round), texts).next();
      String text = new String(bytes, StandardCharsets.UTF_8);
      try {
        within(bytes, BYTES_PER_BYTE, round, () -> expression(text, my, target));
      } catch (RuntimeException | AssertionError | StackOverflowError e) {
        throw new AssertionError(Rounds.name(round) + ": " + text, e);
      }
    }

    assertThat(read).as("read of %d", rounds).isGreaterThan(rounds / 5);
    assertThat(refused).as("refused of %d", rounds).isGreaterThan(rounds / 5);
    assertThat(kinds).hasSizeGreaterThan(6);
    assertThat(errors).as("errors of %d", rounds).isLessThan(rounds);
  }

  private void expression(String text, ClassAd my, ClassAd target) {
    for (boolean old : new boolean[] {false, true}) {
      try {
        Expression expression = old ? Expression.parseOld(text) : Expression.parse(text);
        String printed = expression.toString();
        assertThat(Expression.parse(printed)).as(printed).hasToString(printed);
        String line = expression.toOldString();
        if (!isUnwritable(line)) {
          assertThat(Expression.parseOld(line).toOldString()).as(printed).isEqualTo(line);
        }
        used(expression.evaluate(my, CLOCK));
        used(expression.evaluate(my, target, CLOCK));
        used(expression.flatten(my).evaluate(my, target, CLOCK));
        var _ = expression.attributesRead();
        read++;
      } catch (ClassAdSyntaxException e) {
        assertThat(e).hasMessageMatching("(?s)(\\d+:\\d+: |an expression of ).*");
        refused++;
      }
    }
  }

  /** A name in quotes that ends in a backslash or holds what is no text: old syntax has no way. */
  private static boolean isUnwritable(String line) {
    return line.contains("'") && line.contains("\\");
  }

  private static boolean hasOldForm(String name) {
    return !name.contains("\n") && !name.endsWith("\\") && name.chars().noneMatch(FuzzTest::isHalf);
  }

  private static boolean isHalf(int c) {
    return Character.isSurrogate((char) c);
  }

  private void used(Value value) throws ClassAdSyntaxException {
    kinds.add(value.getClass().getSimpleName());
    errors += value instanceof Value.Failed || value instanceof Value.Aborted ? 1 : 0;
    if (value instanceof Value.Nested(ClassAd ad)) {
      assertThat(ClassAd.parse(ad.toString())).isEqualTo(ad);
      if (ad.names().stream().allMatch(FuzzTest::hasOldForm)) {
        assertThat(ClassAd.parse(ad.toLines()).names()).isEqualTo(ad.names());
      }
    } else if (value instanceof Value.Text(String text)) {
      assertThat(ClassAd.builder().put("t", text).build().string("t")).contains(text);
    }
    assertThat(value.toString()).isNotEmpty();
  }

  @Test
  void spoiledAdsInEachFormAreReadOrRefused() throws Exception {
    List<byte[]> texts = new ArrayList<>();
    for (GoldenTables.Row row : GoldenTables.readOwn("match.tsv")) {
      for (String column : List.of("job", "machine")) {
        ClassAd ad = ClassAd.parse(row.get(column));
        for (AdForm form : AdForm.values()) {
          AdWriter writer = new AdWriter(form);
          texts.add(bytes(writer.add(ad) + writer.end()));
        }
      }
    }
    int rounds = Rounds.of(3000);
    Rounds.announce("spoiled ads", rounds);
    for (int round = 0; round < rounds; round++) {
      byte[] bytes = new Mutations(Rounds.random(round), texts).next();
      String text = new String(bytes, StandardCharsets.UTF_8);
      try {
        within(bytes, BYTES_PER_BYTE_OF_ADS, round, () -> ads(text));
      } catch (RuntimeException | AssertionError | StackOverflowError e) {
        throw new AssertionError(Rounds.name(round) + ": " + text, e);
      }
    }

    assertThat(read).as("read of %d", rounds).isGreaterThan(rounds / 12);
    assertThat(refused).as("refused of %d", rounds).isGreaterThan(rounds / 5);
  }

  private void ads(String text) {
    try {
      for (ClassAd ad : Ads.read(text, "fuzz")) {
        for (String name : ad.names()) {
          var _ = ad.value(name);
        }
        for (AdForm form : AdForm.values()) {
          AdWriter writer = new AdWriter(form);
          String written = writer.add(ad) + writer.end();
          if (form != AdForm.LONG) { // tradition does not escape the line breaks in its strings
            assertThat(Ads.read(written, "written", form)).as(written).hasSize(1);
          }
        }
        assertThat(ClassAd.parse(ad.toString())).isEqualTo(ad);
      }
      read++;
    } catch (ClassAdSyntaxException e) {
      assertThat(e.getMessage()).isNotEmpty();
      refused++;
    }
  }

  /** One use of a text. */
  @FunctionalInterface
  private interface Use {
    void run() throws IOException;
  }

  private static void within(byte[] bytes, long perByte, int round, Use use) throws IOException {
    long allocated = THREAD.getCurrentThreadAllocatedBytes();
    long nanos = THREAD.getCurrentThreadCpuTime();
    use.run();
    long limit = BYTES_AT_LEAST + perByte * bytes.length;
    assertThat(THREAD.getCurrentThreadAllocatedBytes() - allocated)
        .as("%s: memory for %s", Rounds.name(round), new String(bytes, StandardCharsets.UTF_8))
        .isLessThan(limit);
    assertThat(THREAD.getCurrentThreadCpuTime() - nanos)
        .as("%s: time for %s", Rounds.name(round), new String(bytes, StandardCharsets.UTF_8))
        .isLessThan(NANOS);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
