package io.urubu.classad;

import static org.assertj.core.api.Assertions.assertThat;

import io.urubu.classad.plan.Kept;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Random ads and damaged files; SEED= in the environment replays a run. */
@Tag("unit")
@Timeout(60)
class FormsFuzzTest {
  private static final int ADS = 300;
  private static final int DAMAGED = 500;

  private final long seed = Rounds.seed();

  @Test
  void anAdInOneLineOfJsonReadsBackToTheSameAd() throws ClassAdSyntaxException {
    for (ClassAd ad : ads()) {
      String json = ad.toJson();

      assertThat(Ads.read(json, "json", AdForm.JSON))
          .as("SEED=%d: %s", seed, json)
          .containsExactly(ad);
      assertThat(json).as("SEED=%d", seed).doesNotContain("\n");
    }
  }

  @Test
  void anAdInNewSyntaxOnSeveralLinesReadsBackToTheSameAd() throws ClassAdSyntaxException {
    for (ClassAd ad : ads()) {
      String text = ad.toPrettyString();

      assertThat(Ads.read(text, "new")).as("SEED=%d: %s", seed, text).containsExactly(ad);
    }
  }

  /** Not all ads can be said in HTCondor's form of the new syntax; those that can, can in all. */
  @ParameterizedTest
  @EnumSource(names = {"NEW", "JSON", "XML"})
  void whatHtcondorsFormsCanSayReadsBackToTheSameAd(AdForm form) throws ClassAdSyntaxException {
    int said = 0;
    for (ClassAd random : ads()) {
      Optional<ClassAd> ad = canonical(random);
      if (ad.isPresent()) {
        String text = written(form, ad.get());
        List<ClassAd> again = Ads.read(text, "form", form);

        assertThat(again).as("SEED=%d: %s", seed, text).hasSize(1);
        assertThat(comparable(again.getFirst()))
            .as("SEED=%d: %s", seed, text)
            .isEqualTo(comparable(ad.get()));
        said++;
      }
    }
    assertThat(said).as("SEED=%d", seed).isGreaterThan(ADS / 4);
  }

  /** Of "- -0" tradition makes "--0", which reads as the negation of 0, and of that "-0", a 0. */
  private static Optional<ClassAd> canonical(ClassAd ad) {
    try {
      String before = "";
      String text = written(AdForm.NEW, ad);
      while (!text.equals(before)) {
        before = text;
        text = written(AdForm.NEW, Ads.read(text, "new").getFirst());
      }
      return Optional.of(Ads.read(text, "new").getFirst());
    } catch (ClassAdSyntaxException _) {
      return Optional.empty();
    }
  }

  /** JSON and XML show lengths of time as reals, and XML a zero without its sign. */
  private static String comparable(ClassAd ad) {
    String intervals = "relTime\\(\"[^\"]*\"\\)|-?[0-9]+\\.[0-9]+(E[-+][0-9]+)?";
    return ad.toString().replaceAll(intervals, "real");
  }

  @ParameterizedTest
  @EnumSource
  void aDamagedFileIsReadOrRefusedAndNothingElse(AdForm form) throws IOException {
    RandomGenerator random = random();
    byte[] file = resource("ads." + form.name().toLowerCase(Locale.ROOT));
    for (int i = 0; i < DAMAGED; i++) {
      read(damaged(file, random));
    }
  }

  @ParameterizedTest
  @EnumSource
  void garbageIsReadOrRefusedAndNothingElse(AdForm form) throws IOException {
    RandomGenerator random = random();
    String alphabet = "ab1.0\"'\\[]{}()=?!<>&|+-*/%~^;:, \n\té\0$@ei<c><a n=\"x\"></a></c><l>";
    for (int i = 0; i < DAMAGED * 3; i++) {
      StringBuilder text = new StringBuilder();
      for (int j = random.nextInt(30); j > 0; j--) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      try {
        Ads.read(text.toString(), "garbage", form);
        Ads.read(text.toString(), "garbage");
      } catch (ClassAdSyntaxException e) {
        assertThat(e)
            .as("SEED=%d", seed)
            .hasMessageStartingWith("garbage:")
            .hasMessageContaining("^");
      }
    }
  }

  private void read(byte[] file) throws IOException {
    try (AdReader reader = Ads.open(new ByteArrayInputStream(file), "damaged")) {
      int ads = 0;
      while (reader.next().isPresent()) {
        ads++;
      }
      assertThat(ads).as("SEED=%d", seed).isLessThan(1000);
    } catch (ClassAdSyntaxException e) {
      assertThat(e)
          .as("SEED=%d", seed)
          .hasMessageStartingWith("damaged:")
          .hasMessageContaining("^");
      assertThat(e.line()).isPositive();
      assertThat(e.column()).isPositive();
    }
  }

  /** A piece of the file with bytes changed, taken out, doubled or moved. */
  private static byte[] damaged(byte[] file, RandomGenerator random) {
    int from = random.nextBoolean() ? 0 : random.nextInt(file.length);
    byte[] bytes = Arrays.copyOfRange(file, from, random.nextInt(from, file.length) + 1);
    for (int i = random.nextInt(5); i > 0; i--) {
      int at = random.nextInt(bytes.length);
      if (random.nextBoolean()) {
        bytes[at] = (byte) random.nextInt(256);
      } else {
        int length = Math.min(random.nextInt(40), bytes.length - at);
        System.arraycopy(file, random.nextInt(file.length - length), bytes, at, length);
      }
    }
    return bytes;
  }

  private List<ClassAd> ads() {
    RandomTrees trees = new RandomTrees(random());
    List<ClassAd> ads = new ArrayList<>();
    for (int i = 0; i < ADS; i++) {
      ads.add(new ClassAd(Kept.attributes(trees.ad(4))));
    }
    return ads;
  }

  private static String written(AdForm form, ClassAd ad) {
    AdWriter writer = new AdWriter(form);
    return writer.add(ad) + writer.end();
  }

  private RandomGenerator random() {
    return new SplittableRandom(seed);
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = FormsFuzzTest.class.getResourceAsStream("forms/" + name)) {
      if (in == null) {
        throw new IOException("no resource " + name);
      }
      return in.readAllBytes();
    }
  }
}
