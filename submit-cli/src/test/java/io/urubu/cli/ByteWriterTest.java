package io.urubu.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
final class ByteWriterTest {
  @Test
  void bytesThatAreNoTextComeOutAsTheyWere() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintWriter out = new PrintWriter(new ByteWriter(new PrintStream(bytes)));

    out.print("a\u00E9\uDCFF\uD83D\uDE00");
    out.flush();

    assertThat(bytes.toString(StandardCharsets.ISO_8859_1))
        .isEqualTo("a\u00C3\u00A9\u00FF\u00F0\u009F\u0098\u0080");
    assertThat(out.checkError()).isFalse();
  }

  @Test
  void whatCannotBeWrittenShows() {
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("no space left");
          }
        };
    PrintWriter out = new PrintWriter(new ByteWriter(new PrintStream(full)));

    out.print("a");

    assertThat(out.checkError()).isTrue();
  }
}
