package io.urubu.cli.session;

import io.urubu.classad.AdForm;
import io.urubu.classad.AdWriter;
import io.urubu.classad.ClassAd;
import java.io.PrintWriter;

/** A JSON array of ads that is printed while it grows, as condor_q -json prints it. */
final class JsonArray {
  private final PrintWriter out;
  private final AdWriter writer = new AdWriter(AdForm.JSON);

  JsonArray(PrintWriter out) {
    this.out = out;
  }

  void add(ClassAd ad) {
    out.print(writer.add(ad.sorted()));
  }

  void end() {
    out.print(writer.end());
    out.flush();
  }
}
