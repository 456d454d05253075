package io.urubu.classad;

import io.urubu.classad.eval.Attributes;
import io.urubu.classad.form.AdTexts;
import io.urubu.classad.form.TextInput;
import io.urubu.classad.json.JsonReader;
import io.urubu.classad.parse.ParseException;
import io.urubu.classad.parse.Parser;
import io.urubu.classad.parse.SourceText;
import io.urubu.classad.plan.Kept;
import io.urubu.classad.plan.LongForm;
import io.urubu.classad.xml.XmlReader;
import java.io.IOException;
import java.util.Optional;

/**
 * Reads the ads of a file one by one, however many there are; made by {@link Ads}. It takes the
 * memory of one ad. For one thread.
 */
public final class AdReader implements AutoCloseable {
  private final TextInput input;
  private final AdForm form;
  private final AdTexts texts;

  AdReader(TextInput input, AdForm form) {
    this.input = input;
    this.form = form;
    this.texts = form.texts(input);
  }

  /** The form that the file is in. */
  public AdForm form() {
    return form;
  }

  /**
   * The next ad; empty when there are no more.
   *
   * @throws ClassAdSyntaxException with file, line and column, when it is no ad; what comes after
   *     it is of no use
   */
  public Optional<ClassAd> next() throws IOException, ClassAdSyntaxException {
    try {
      SourceText text = texts.next();
      return text == null ? Optional.empty() : Optional.of(new ClassAd(read(text)));
    } catch (ParseException e) {
      throw new ClassAdSyntaxException(e);
    }
  }

  private Attributes read(SourceText text) throws ParseException {
    return switch (form) {
      case LONG -> LongForm.attributes(text);
      case NEW -> Kept.attributes(Parser.ad(text), text.text());
      case JSON -> Kept.attributes(JsonReader.ad(text));
      case XML -> Kept.attributes(XmlReader.ad(text));
    };
  }

  /** Closes the file. */
  @Override
  public void close() throws IOException {
    input.close();
  }
}
