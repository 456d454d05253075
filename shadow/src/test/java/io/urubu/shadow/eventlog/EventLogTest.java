package io.urubu.shadow.eventlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("unit")
class EventLogTest {
  private static final String FIRST = "000 (041.003.000) 2026-11-20 20:00:00 Job submitted\n...\n";
  private static final String SECOND = "001 (041.003.000) 2026-11-20 20:00:01 Job executing\n...\n";
  private static final String FOREIGN =
      "028 (001.000.000) 2026-11-20 20:00:02 From elsewhere\n...\n";

  @TempDir Path folder;

  private Path log;

  @BeforeEach
  void name() {
    log = folder.resolve("job.log");
  }

  private void write(String text) throws IOException {
    Files.writeString(log, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  @Test
  void newLogIsMadeReadableForAll() throws IOException {
    long end = EventLog.append(log, -1, FIRST);

    assertThat(end).isEqualTo(FIRST.length());
    assertThat(log).hasContent(FIRST);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(log)))
        .startsWith("rw-r--");
  }

  @Test
  void textThatWasWrittenIsFoundAgain() throws IOException {
    write("an older log of the user's\n");
    long first = EventLog.append(log, -1, FIRST);
    write(FOREIGN);
    long second = EventLog.append(log, first, SECOND);

    assertThat(EventLog.append(log, -1, FIRST)).isEqualTo(first);
    assertThat(EventLog.append(log, first, SECOND)).isEqualTo(second);
    assertThat(log).hasContent("an older log of the user's\n" + FIRST + FOREIGN + SECOND);
  }

  @Test
  void sameTextAgainIsWrittenAgainBehindTheOffset() throws IOException {
    long first = EventLog.append(log, -1, FIRST);
    long again = EventLog.append(log, first, FIRST);

    assertThat(again).isEqualTo(2L * FIRST.length());
    assertThat(log).hasContent(FIRST + FIRST);
  }

  @Test
  void textTornAtAnyByteIsCompleted() throws IOException {
    byte[] second = SECOND.getBytes(StandardCharsets.UTF_8);
    for (int torn = 0; torn <= second.length; torn++) {
      Files.deleteIfExists(log);
      write(FIRST + SECOND.substring(0, torn));

      long end = EventLog.append(log, FIRST.length(), SECOND);

      assertThat(end).isEqualTo(Files.size(log));
      assertThat(log).hasContent(FIRST + SECOND);
    }
  }

  @Test
  void anothersWordsThatBeginAlikeAreNotCompleted() throws IOException {
    write(FIRST + "some line that ends with 0");

    EventLog.append(log, FIRST.length(), "001\n...\n");

    assertThat(log).hasContent(FIRST + "some line that ends with 0001\n...\n");
  }

  @Test
  void logThatTheUserBeganAnewIsGoneOnWith() throws IOException {
    write("short\n");

    EventLog.append(log, 5000, SECOND);

    assertThat(log).hasContent("short\n" + SECOND);
  }

  @Test
  void linksAreFollowedAndWhatIsNoFileIsRefused() throws IOException {
    Path real = folder.resolve("real.log");
    Files.createSymbolicLink(log, real);
    EventLog.append(log, -1, FIRST);
    assertThat(real).hasContent(FIRST);
    assertThat(log).isSymbolicLink();

    assertThatThrownBy(() -> EventLog.append(folder, -1, FIRST)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> EventLog.append(Path.of("job.log"), -1, FIRST))
        .hasMessageContaining("absolute");
    assertThatThrownBy(() -> EventLog.append(folder.resolve("no/job.log"), -1, FIRST))
        .isInstanceOf(IOException.class);
    assertThat(EventLog.append(Path.of("/dev/null"), -1, FIRST)).isZero();
  }
}
