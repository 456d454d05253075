package io.urubu.cli.classad;

import io.urubu.classad.ClassAd;

/** An ad and what to call it: its own name, a job's id, or its place in the file. */
record NamedAd(ClassAd ad, String name) {
  static NamedAd of(ClassAd ad, String file, int number) {
    String place = number == 1 ? file : file + " ad " + number;
    return new NamedAd(ad, ad.string("Name").orElseGet(() -> job(ad, place)));
  }

  private static String job(ClassAd ad, String place) {
    return ad.integer("ClusterId").isPresent()
        ? "job " + ad.integer("ClusterId").getAsLong() + "." + ad.integer("ProcId").orElse(0)
        : place;
  }
}
