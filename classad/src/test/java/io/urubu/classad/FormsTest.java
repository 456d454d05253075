package io.urubu.classad;

import static org.assertj.core.api.Assertions.assertThat;

import io.urubu.classad.ast.ByteText;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Ads of ours in {@code forms/ads.txt}, and how HTCondor's condor_q printed them in each form. */
@Tag("unit")
class FormsTest {
  @ParameterizedTest
  @EnumSource
  void writesWhatHtcondorWritesByteForByte(AdForm form) throws Exception {
    AdWriter writer = new AdWriter(form);
    StringBuilder text = new StringBuilder();
    for (ClassAd ad : read(resource("ads.txt"))) {
      text.append(writer.add(ad.sorted()));
    }
    text.append(writer.end());

    assertThat(latin(Ads.bytes(text.toString()))).isEqualTo(latin(recorded(form)));
  }

  @Test
  void readsTheSameAdsFromEachOfItsForms() throws Exception {
    List<ClassAd> ads = read(recorded(AdForm.NEW));
    List<ClassAd> json = read(recorded(AdForm.JSON));
    List<ClassAd> xml = read(recorded(AdForm.XML));

    assertThat(ads).hasSameSizeAs(read(resource("ads.txt")));
    for (int i = 0; i < ads.size(); i++) {
      ClassAd ad = withoutIntervals(ads.get(i));
      assertThat(withoutIntervals(json.get(i))).hasToString(ad.toString());
      assertThat(withoutIntervals(xml.get(i)).toString().replace("rn = 0.0", "rn = -0.0"))
          .isEqualTo(ad.toString());
    }
    assertThat(json.get(3).expression("rt3")).contains("-90.0");
    assertThat(xml.get(3).expression("rtl"))
        .contains("{90.0, absTime(\"2020-01-02T03:04:05-00:00\")}");
  }

  /** JSON and XML show a length of time that was written as a string as the real that it is. */
  private static ClassAd withoutIntervals(ClassAd ad) {
    return ad.toBuilder().remove("rt1").remove("rt2").remove("rt3").remove("rtl").build();
  }

  /** Names are bare in it and line breaks are not escaped: the ads with such are left out. */
  @Test
  void readsTheSameAdsFromTheLongForm() throws Exception {
    String text = ByteText.text(latin(recorded(AdForm.LONG)));
    List<ClassAd> ads = read(recorded(AdForm.NEW)).subList(0, 5);

    String[] pieces = text.split("\n\n", -1);

    for (int i = 0; i < ads.size(); i++) {
      assertThat(Ads.read(pieces[i], "long").getFirst()).hasToString(ads.get(i).toString());
    }
  }

  @Test
  void tellsTheFormFromTheBeginning() throws Exception {
    for (AdForm form : AdForm.values()) {
      try (AdReader reader = Ads.open(new ByteArrayInputStream(recorded(form)), "recorded")) {
        assertThat(reader.form()).isEqualTo(form);
      }
    }
  }

  @Test
  void writesNoAdsSoThatTheyReadBackToNone() throws ClassAdSyntaxException {
    for (AdForm form : AdForm.values()) {
      assertThat(Ads.read(new AdWriter(form).end(), "none")).isEmpty();
    }
    assertThat(new AdWriter(AdForm.JSON).end()).isEqualTo("[\n]\n");
    assertThat(new AdWriter(AdForm.XML).end()).contains("<classads>\n</classads>\n");
  }

  @Test
  void writesSeveralLinesForPeople() throws ClassAdSyntaxException {
    ClassAd ad = ClassAd.parse("[a=1;l={1,{}};n=[x=[];y=\"z\"];m={[b=x+1],2};'c d'={};e=[]]");

    assertThat(ad.toPrettyString())
        .isEqualTo(
            """
            [
                a = 1;
                l = {1, {}};
                n = [
                    x = [];
                    y = "z";
                ];
                m = {
                    [
                        b = x + 1;
                    ],
                    2
                };
                'c d' = {};
                e = [];
            ]""");
    assertThat(ClassAd.parse(ad.toPrettyString())).isEqualTo(ad);
  }

  private static List<ClassAd> read(byte[] file) throws IOException, ClassAdSyntaxException {
    List<ClassAd> ads = new ArrayList<>();
    try (AdReader reader = Ads.open(new ByteArrayInputStream(file), "file")) {
      for (Optional<ClassAd> ad = reader.next(); ad.isPresent(); ad = reader.next()) {
        ads.add(ad.get());
      }
    }
    return ads;
  }

  private static byte[] recorded(AdForm form) throws IOException {
    return resource("ads." + form.name().toLowerCase(Locale.ROOT));
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = FormsTest.class.getResourceAsStream("forms/" + name)) {
      if (in == null) {
        throw new IOException("no resource " + name);
      }
      return in.readAllBytes();
    }
  }

  private static String latin(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
