package io.urubu.remotefile.fuse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Answers as {@code linux/fuse.h} declares them. */
@Tag("unit")
class AnswerTest {
  private static final Attributes ATTRIBUTES =
      new Attributes(9, Attributes.FILE | 0644, 1, 1000, 1001, 1025, Instant.ofEpochSecond(50, 60));

  private record Sent(long unique, int error, ByteBuffer body) {}

  private final List<Sent> sent = new ArrayList<>();
  private final Answer answer =
      new Answer(
          7,
          (unique, error, body) ->
              sent.add(new Sent(unique, error, body.duplicate().order(ByteOrder.nativeOrder()))));

  private ByteBuffer body() {
    assertThat(sent).hasSize(1);
    assertThat(sent.getFirst().unique()).isEqualTo(7);
    assertThat(sent.getFirst().error()).isZero();
    return sent.getFirst().body();
  }

  private static void assertAttributes(ByteBuffer body) {
    assertThat(body.getLong()).isEqualTo(9);
    assertThat(body.getLong()).isEqualTo(1025);
    assertThat(body.getLong()).as("blocks").isEqualTo(3);
    for (int i = 0; i < 3; i++) {
      assertThat(body.getLong()).isEqualTo(50);
    }
    for (int i = 0; i < 3; i++) {
      assertThat(body.getInt()).isEqualTo(60);
    }
    assertThat(body.getInt()).isEqualTo(0100644);
    assertThat(body.getInt()).isEqualTo(1);
    assertThat(body.getInt()).isEqualTo(1000);
    assertThat(body.getInt()).isEqualTo(1001);
    assertThat(body.getInt()).as("device").isZero();
    assertThat(body.getInt()).isEqualTo(4096);
    assertThat(body.getInt()).as("flags").isZero();
  }

  @Test
  void anEntryTellsTheNodeAndHowLongItHolds() {
    answer.entry(ATTRIBUTES, Duration.ofMillis(1500), Duration.ofMillis(2250));

    ByteBuffer body = body();
    assertThat(body.remaining()).isEqualTo(128);
    assertThat(body.getLong()).isEqualTo(9);
    assertThat(body.getLong()).as("generation").isZero();
    assertThat(body.getLong()).isEqualTo(1);
    assertThat(body.getLong()).isEqualTo(2);
    assertThat(body.getInt()).isEqualTo(500_000_000);
    assertThat(body.getInt()).isEqualTo(250_000_000);
    assertAttributes(body);
  }

  @Test
  void attributesTellHowLongTheyHold() {
    answer.attributes(ATTRIBUTES, Duration.ofMillis(1500));

    ByteBuffer body = body();
    assertThat(body.remaining()).isEqualTo(104);
    assertThat(body.getLong()).isEqualTo(1);
    assertThat(body.getInt()).isEqualTo(500_000_000);
    body.getInt();
    assertAttributes(body);
  }

  @Test
  void aNewFileIsAnEntryAndAHandle() {
    answer.created(ATTRIBUTES, Duration.ZERO, Duration.ZERO, 77);

    ByteBuffer body = body();
    assertThat(body.remaining()).isEqualTo(144);
    assertThat(body.getLong(128)).isEqualTo(77);
  }

  @Test
  void writesDataAndTextsAreToldAsTheyAre() {
    answer.written(4096);
    assertThat(body().remaining()).isEqualTo(8);
    assertThat(body().getInt(0)).isEqualTo(4096);
    sent.clear();
    new Answer(7, (unique, error, body) -> sent.add(new Sent(unique, error, body)))
        .linkText("\u00ff/x");
    assertThat(body()).isEqualTo(ByteBuffer.wrap(new byte[] {(byte) 0xff, '/', 'x'}));
  }

  @Test
  void aFoldersEntriesAreAlignedAndEndWhereTheRoomDoes() {
    List<FolderEntry> entries =
        List.of(
            new FolderEntry(2, 1, Attributes.FOLDER, "a"),
            new FolderEntry(3, 2, Attributes.FILE, "12345678"),
            new FolderEntry(4, 3, Attributes.LINK, "left out"));

    answer.folder(entries, 70);

    ByteBuffer body = body();
    assertThat(body.remaining()).isEqualTo(32 + 32);
    assertThat(body.getLong(0)).isEqualTo(2);
    assertThat(body.getLong(8)).isEqualTo(1);
    assertThat(body.getInt(16)).isEqualTo(1);
    assertThat(body.getInt(20)).isEqualTo(4);
    assertThat(body.get(24)).isEqualTo((byte) 'a');
    assertThat(body.getInt(32 + 20)).isEqualTo(8);
    byte[] name = new byte[8];
    body.get(32 + 24, name);
    assertThat(new String(name, StandardCharsets.US_ASCII)).isEqualTo("12345678");
  }

  @Test
  void statisticsAreAsLongAsTheKernelWants() {
    answer.statistics(100, 50, 7);

    assertThat(body().remaining()).isEqualTo(80);
    assertThat(body().getInt(40)).as("block").isEqualTo(4096);
    assertThat(body().getInt(44)).as("longest name").isEqualTo(255);
  }

  @Test
  void anUnknownRequestIsSaidToBeUnknownButNeverAFlush() {
    Header header = new Header(7, 3, 0, 0, 1);
    answer.unsupported(new Request.Other(header, 40));
    assertThat(sent.getFirst().error()).isEqualTo(38);

    sent.clear();
    new Answer(8, (unique, error, body) -> sent.add(new Sent(unique, error, body)))
        .unsupported(new Request.Flush(header, 5));
    assertThat(sent.getFirst().error()).isZero();
  }

  @Test
  void aSecondAnswerIsAMistake() {
    answer.refuse(Errno.ENOENT);

    assertThatThrownBy(answer::done).isInstanceOf(IllegalStateException.class);
    assertThat(sent).hasSize(1);
    assertThat(sent.getFirst().error()).isEqualTo(2);
  }

  @Test
  void errorsThatTheKernelWouldNotTakeAreNone() {
    for (int number : List.of(0, -2, 512, 1000)) {
      assertThatThrownBy(() -> new Errno(number)).isInstanceOf(IllegalArgumentException.class);
    }
  }
}
