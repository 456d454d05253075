package io.urubu.cli.session;

import io.urubu.classad.AdForm;
import io.urubu.classad.AdWriter;
import io.urubu.classad.ClassAd;
import java.io.PrintWriter;

/** A JSON array of ads that is printed while it grows, as condor_q -json prints it. */
public final class JsonArray {
  private final PrintWriter out;
  private final AdWriter writer = new AdWriter(AdForm.JSON);

  public JsonArray(PrintWriter out) {
    this.out = out;
  }

  /** Prints one more ad. */
  public void add(ClassAd ad) {
    out.print(writer.add(ad.sorted()));
  }

  /** Prints the end. */
  public void end() {
    out.print(writer.end());
    out.flush();
  }
}
