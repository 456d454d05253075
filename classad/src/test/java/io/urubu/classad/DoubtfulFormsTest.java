package io.urubu.classad;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Texts in JSON and XML that are odd or wrong, and what condor_status read from them; nothing means
 * that it refused them. Where ours differ, the table has what they read, and why.
 */
@Tag("unit")
class DoubtfulFormsTest {
  @Test
  void readsWhatHtcondorReadsButForWhatIsListedWithItsReason() throws IOException {
    List<String> wrong = new ArrayList<>();
    for (GoldenTables.Row row : GoldenTables.readOwn("../forms/reads.tsv")) {
      boolean differs = !row.get("ours").equals("=");
      String expected = differs ? row.get("ours") : row.get("htcondor");
      String read =
          read(row.get("input"), AdForm.valueOf(row.get("form").toUpperCase(Locale.ROOT)));
      if (!read.equals(expected) || differs == row.get("reason").isEmpty()) {
        wrong.add(row.get("input") + "\n  is " + read + "\n  expected " + expected);
      }
    }

    assertThat(wrong).isEmpty();
  }

  private static String read(String text, AdForm form) {
    AdWriter writer = new AdWriter(AdForm.NEW);
    List<String> ads = new ArrayList<>();
    try {
      for (ClassAd ad : Ads.read(text, "text", form)) {
        ads.add(writer.add(ad.sorted()).replaceFirst("^[{,]\n", "").strip());
      }
    } catch (ClassAdSyntaxException e) {
      assertThat(e).hasMessageStartingWith("text:").hasMessageContaining("^");
      return "";
    }
    return String.join(" ", ads);
  }
}
