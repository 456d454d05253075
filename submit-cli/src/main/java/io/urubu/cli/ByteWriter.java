package io.urubu.cli;

import io.urubu.classad.Ads;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Writer;

/**
 * Writes UTF-8, and strings of ads that are none as the bytes that they were. What is handed over
 * at once must not end within a character.
 */
final class ByteWriter extends Writer {
  private final PrintStream out;

  ByteWriter(PrintStream out) {
    this.out = out;
  }

  @Override
  public void write(char[] text, int offset, int length) {
    byte[] bytes = Ads.bytes(new String(text, offset, length));
    out.write(bytes, 0, bytes.length);
  }

  @Override
  public void flush() throws IOException {
    if (out.checkError()) {
      throw new IOException("cannot be written");
    }
  }

  @Override
  public void close() throws IOException {
    flush();
  }
}
