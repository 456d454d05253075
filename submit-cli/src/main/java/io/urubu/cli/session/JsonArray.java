package io.urubu.cli.session;

import io.urubu.classad.ClassAd;
import java.io.PrintWriter;

/** A JSON array of ads that is printed while it grows. */
final class JsonArray {
  private final PrintWriter out;
  private boolean empty = true;

  JsonArray(PrintWriter out) {
    this.out = out;
  }

  void add(ClassAd ad) {
    out.print(empty ? "[\n" : ",\n");
    out.print(ad.toJson());
    empty = false;
  }

  void end() {
    out.println(empty ? "[" : "");
    out.println("]");
  }
}
