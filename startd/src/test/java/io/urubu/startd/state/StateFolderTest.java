package io.urubu.startd.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.urubu.classad.ClassAd;
import io.urubu.startd.state.StateFolder.Content;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("unit")
class StateFolderTest {
  private static final ClassAd AD =
      ClassAd.builder().put("User", "alice@x").put("Reason", "a \"quoted\" word").build();

  @TempDir Path folder;
  private StateFolder state;

  @BeforeEach
  void open() throws Exception {
    state = StateFolder.open(folder.resolve("state"));
  }

  private Path file() {
    return folder.resolve("state/slot1.ad");
  }

  @Test
  void readsWhatWasWrittenLast() throws Exception {
    state.write("slot1", ClassAd.empty());
    state.write("slot1", AD);

    assertThat(((Content.Intact) state.read("slot1")).ad().toString()).isEqualTo(AD.toString());
    assertThat(state.names()).containsExactly("slot1");
  }

  @Test
  void onlyItsOwnAccountMayReadIt() throws Exception {
    state.write("slot1", AD);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file().getParent())))
        .isEqualTo("rwx------");
  }

  @Test
  void whatIsDeletedOrNeverWasIsAbsent() throws Exception {
    state.write("slot1", AD);
    state.delete("slot1");
    state.delete("slot1");

    assertThat(state.read("slot1")).isInstanceOf(Content.Absent.class);
    assertThat(state.read("slot2")).isInstanceOf(Content.Absent.class);
  }

  @Test
  void everyTornLengthIsFoundOut() throws Exception {
    state.write("slot1", AD);
    byte[] whole = Files.readAllBytes(file());

    for (int length = 0; length < whole.length; length++) {
      Files.write(file(), Arrays.copyOf(whole, length));
      assertThat(state.read("slot1")).as("length %d", length).isInstanceOf(Content.Damaged.class);
    }
  }

  @Test
  void everyChangedByteIsFoundOut() throws Exception {
    state.write("slot1", AD);
    byte[] whole = Files.readAllBytes(file());

    for (int at = 0; at < whole.length; at++) {
      byte[] changed = whole.clone();
      changed[at] ^= 1;
      Files.write(file(), changed);
      assertThat(state.read("slot1")).as("byte %d", at).isInstanceOf(Content.Damaged.class);
    }
  }

  @Test
  void whatIsDamagedIsPutAsideAndReportedOnce() throws Exception {
    Files.writeString(file(), "rubbish");

    Content.Damaged damaged = (Content.Damaged) state.read("slot1");

    assertThat(damaged.putAside()).hasContent("rubbish");
    assertThat(state.read("slot1")).isInstanceOf(Content.Absent.class);
    assertThat(state.names()).isEmpty();
  }

  @Test
  void aFileThatIsTooLargeIsNotRead() throws Exception {
    Files.write(file(), new byte[1 << 20]);

    assertThat(state.read("slot1")).isInstanceOf(Content.Damaged.class);
  }

  @Test
  void anUnfinishedWriteIsNoRecord() throws Exception {
    Files.writeString(folder.resolve("state/slot1.new"), "half");

    assertThat(state.names()).isEmpty();
    state.write("slot1", AD);
    assertThat(state.read("slot1")).isInstanceOf(Content.Intact.class);
  }
}
