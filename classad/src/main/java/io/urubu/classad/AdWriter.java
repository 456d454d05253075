package io.urubu.classad;

import io.urubu.classad.eval.Trees;
import io.urubu.classad.json.JsonWriter;
import io.urubu.classad.print.Printer;
import io.urubu.classad.print.Style;
import io.urubu.classad.xml.XmlWriter;

/**
 * Ads as one text, byte by byte what condor_q prints for them with {@code -long}, {@code
 * -long:new}, {@code -json} or {@code -xml}; only that no ads at all are an empty list in JSON,
 * where HTCondor prints nothing. The attributes are in each ad's order; HTCondor's tools sort them
 * ({@link ClassAd#sorted()}). Reals have 16 digits, and a few names and strings that are too odd
 * for a form do not read back. A string that is no UTF-8 needs {@link Ads#bytes}. For one thread.
 *
 * <pre>{@code
 * AdWriter writer = new AdWriter(AdForm.JSON);
 * for (ClassAd ad : ads) {
 *   out.print(writer.add(ad));
 * }
 * out.print(writer.end());
 * }</pre>
 */
public final class AdWriter {
  private final AdForm form;
  private boolean empty = true;

  public AdWriter(AdForm form) {
    this.form = form;
  }

  /** What to print for one more ad. */
  public String add(ClassAd ad) {
    StringBuilder out = new StringBuilder(empty ? head() : separator());
    empty = false;
    switch (form) {
      case LONG -> out.append(ad.toCanonicalLines());
      case NEW -> Printer.inGivenOrder(Trees.ad(ad.attributes()), Style.CANONICAL, out);
      case JSON -> out.append(JsonWriter.lines(Trees.ad(ad.attributes())));
      case XML -> out.append(XmlWriter.lines(Trees.ad(ad.attributes())));
    }
    return out.append('\n').toString();
  }

  /** What to print behind the last ad. */
  public String end() {
    return switch (form) {
      case LONG -> "";
      case NEW -> empty ? "" : "}\n";
      case JSON -> (empty ? head() : "") + "]\n";
      case XML -> (empty ? head() : "") + XmlWriter.tail();
    };
  }

  private String head() {
    return switch (form) {
      case LONG -> "";
      case NEW -> "{\n";
      case JSON -> "[\n";
      case XML -> XmlWriter.head();
    };
  }

  private String separator() {
    return switch (form) {
      case LONG, XML -> "";
      case NEW, JSON -> ",\n";
    };
  }
}
