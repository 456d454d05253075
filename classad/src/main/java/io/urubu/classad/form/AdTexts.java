package io.urubu.classad.form;

import io.urubu.classad.parse.ParseException;
import io.urubu.classad.parse.SourceText;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The texts of the ads in a text of many, one after the other; they are cut out, not yet read. */
public interface AdTexts {
  /** The text of the next ad, which knows its place; null when there are no more. */
  @Nullable SourceText next() throws IOException, ParseException;
}
