package io.urubu.classad;

import io.urubu.classad.ast.ByteText;
import io.urubu.classad.form.TextInput;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads files and texts of many ads. Where no form is given, it is told from how the text begins. A
 * source is what messages call the text, the name of its file often; empty for nothing.
 *
 * <pre>{@code
 * try (AdReader ads = Ads.open(Files.newInputStream(path), path.toString())) {
 *   for (var ad = ads.next(); ad.isPresent(); ad = ads.next()) {
 *     use(ad.get());
 *   }
 * }
 * }</pre>
 */
public final class Ads {
  private Ads() {}

  /** Opens the bytes of a file in whatever form. */
  public static AdReader open(InputStream file, String source) throws IOException {
    return open(TextInput.of(file, source));
  }

  /** Opens the bytes of a file in this form. */
  public static AdReader open(InputStream file, String source, AdForm form) {
    return new AdReader(TextInput.of(file, source), form);
  }

  /** Opens a text in whatever form. */
  public static AdReader open(Reader text, String source) throws IOException {
    return open(TextInput.of(text, source));
  }

  /** Opens a text in this form. */
  public static AdReader open(Reader text, String source, AdForm form) {
    return new AdReader(TextInput.of(text, source), form);
  }

  private static AdReader open(TextInput input) throws IOException {
    return new AdReader(input, AdForm.of(input));
  }

  /** All ads of a text in whatever form. */
  public static List<ClassAd> read(String text, String source) throws ClassAdSyntaxException {
    try (AdReader reader = open(new StringReader(text), source)) {
      return all(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All ads of a text in this form. */
  public static List<ClassAd> read(String text, String source, AdForm form)
      throws ClassAdSyntaxException {
    try (AdReader reader = open(new StringReader(text), source, form)) {
      return all(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The bytes of a text of ads, also of strings that are no UTF-8. */
  public static byte[] bytes(String text) {
    return ByteText.bytes(text).getBytes(StandardCharsets.ISO_8859_1);
  }

  private static List<ClassAd> all(AdReader reader) throws IOException, ClassAdSyntaxException {
    List<ClassAd> ads = new ArrayList<>();
    for (Optional<ClassAd> ad = reader.next(); ad.isPresent(); ad = reader.next()) {
      ads.add(ad.get());
    }
    return ads;
  }
}
