package io.urubu.cli.classad;

import io.urubu.classad.ClassAd;
import io.urubu.classad.ClassAdSyntaxException;
import io.urubu.classad.explain.Condition;
import io.urubu.classad.explain.Explanation;
import io.urubu.classad.explain.Reading;
import java.util.ArrayList;
import java.util.List;

/** Explanations as ads, for JSON. */
final class ExplanationAd {
  private ExplanationAd() {}

  static ClassAd of(Explanation why) throws ClassAdSyntaxException {
    Condition condition = why.condition();
    ClassAd.Builder ad =
        ClassAd.builder()
            .put("Kind", why.kind().name())
            .put("Text", condition.text())
            .put("Outcome", why.verdict().outcome().name())
            .put("Value", why.verdict().value())
            .put("Reached", why.verdict().reached());
    if (!condition.attribute().isEmpty()) {
      ad.put("Side", condition.side().name())
          .put("Attribute", condition.attribute())
          .put("Column", condition.column());
    }
    List<ClassAd> parts = new ArrayList<>();
    for (Explanation part : why.parts()) {
      parts.add(of(part));
    }
    put(ad, "Parts", parts);
    put(ad, "Readings", readings(why.readings()));
    return ad.build();
  }

  private static List<ClassAd> readings(List<Reading> readings) throws ClassAdSyntaxException {
    List<ClassAd> ads = new ArrayList<>();
    for (Reading reading : readings) {
      ClassAd.Builder ad =
          ClassAd.builder()
              .put("Side", reading.side().name())
              .put("Name", reading.name())
              .put("There", reading.there())
              .put("Value", reading.value());
      if (!reading.definition().isEmpty()) {
        ad.put("Definition", reading.definition());
      }
      put(ad, "Readings", readings(reading.readings()));
      ads.add(ad.build());
    }
    return ads;
  }

  private static void put(ClassAd.Builder ad, String name, List<ClassAd> list)
      throws ClassAdSyntaxException {
    if (!list.isEmpty()) {
      ad.putExpression(
          name, "{" + String.join(", ", list.stream().map(ClassAd::toString).toList()) + "}");
    }
  }
}
