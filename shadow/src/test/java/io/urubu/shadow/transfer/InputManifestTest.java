package io.urubu.shadow.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.urubu.classad.ClassAd;
import io.urubu.shadow.runs.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("unit")
class InputManifestTest {
  @TempDir Path folder;

  private TransferFixture fixture;

  @BeforeEach
  void prepare() throws IOException {
    fixture = TransferFixture.in(folder);
  }

  private void write(String name, String text) throws IOException {
    Path path = fixture.iwd().resolve(name);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private static void assertFault(ClassAd job, int code, String... words) {
    assertThatThrownBy(() -> InputManifest.of(job))
        .isInstanceOfSatisfying(
            FaultException.class,
            e -> {
              assertThat(e.fault().holdCode()).isEqualTo(code);
              assertThat(e.fault().reason()).contains(words);
            });
  }

  @Test
  void filesFoldersAndContentsAreLaidDownInOrder() throws Exception {
    write("a.txt", "a");
    write("data/one", "1");
    write("data/sub/two", "22");
    write("inner/three", "333");
    write("in.txt", "in");
    Files.setPosixFilePermissions(
        fixture.iwd().resolve("a.txt"), PosixFilePermissions.fromString("rwxr-x---"));

    InputManifest manifest =
        InputManifest.of(
            fixture.job().put("TransferInput", "a.txt, data, inner/").put("In", "in.txt").build());

    assertThat(manifest.items())
        .extracting(InputItem::path)
        .containsExactly(
            "a.txt",
            "data",
            "data/one",
            "data/sub",
            "data/sub/two",
            "three",
            "_condor_stdin",
            "condor_exec.exe");
    assertThat(manifest.items().getFirst().mode()).isEqualTo(0750);
    assertThat(manifest.items().getLast().mode()).isEqualTo(0755);
    assertThat(manifest.file(1)).isEmpty();
    assertThat(manifest.file(8)).isEmpty();
    assertThat(manifest.file(4).orElseThrow().size()).isEqualTo(2);
  }

  @Test
  void onlyFilesAreTakenFromFolders() throws Exception {
    write("data/file", "x");
    write("elsewhere/secret", "x");
    Files.createSymbolicLink(
        fixture.iwd().resolve("data/link-to-file"), fixture.iwd().resolve("data/file"));
    Files.createSymbolicLink(
        fixture.iwd().resolve("data/link-to-folder"), fixture.iwd().resolve("elsewhere"));
    Files.createSymbolicLink(fixture.iwd().resolve("data/dangling"), Path.of("/nowhere"));
    Process mkfifo =
        new ProcessBuilder("mkfifo", fixture.iwd().resolve("data/pipe").toString()).start();
    assertThat(mkfifo.waitFor()).isZero();

    InputManifest manifest =
        InputManifest.of(
            fixture.job().put("TransferInput", "data").put("TransferExecutable", false).build());

    assertThat(manifest.items())
        .extracting(InputItem::path)
        .containsExactly("data", "data/file", "data/link-to-file");
    assertFault(
        fixture.job().put("TransferInput", "data/pipe").build(), Fault.INPUT, "no regular file");
  }

  @Test
  void faultsNameTheFile() throws Exception {
    write("condor_exec.exe", "x");
    write("a/same", "x");
    Files.createDirectories(fixture.iwd().resolve("same"));
    String iwd = fixture.iwd().toString();

    assertFault(fixture.job().put("Cmd", "gone.sh").build(), 6, iwd + "/gone.sh", "does not exist");
    assertFault(fixture.job().put("Cmd", "same").build(), 6, "no regular file");
    assertFault(fixture.job().put("In", "gone").build(), 13, iwd + "/gone");
    assertFault(fixture.job().put("TransferInput", "gone").build(), 13, iwd + "/gone");
    assertFault(fixture.job().put("TransferInput", "http://x/y").build(), 13, "is a URL");
    assertFault(fixture.job().put("TransferInput", "condor_exec.exe").build(), 13, "rename it");
    assertFault(fixture.job().put("TransferInput", "same, a/same").build(), 13, "both a file");
    assertFault(fixture.job().put("Iwd", iwd + "/gone").build(), 14, iwd + "/gone");
    assertFault(fixture.job().put("Iwd", iwd + "/run.sh").build(), 14, "is no folder");
    assertFault(fixture.job().put("Iwd", "here").build(), 14, "not absolute");
  }

  @Test
  void boundsHold() throws Exception {
    Path many = Files.createDirectories(fixture.iwd().resolve("many"));
    for (int i = 0; i <= InputWalk.MAX_ITEMS; i++) {
      Files.createFile(many.resolve("f" + i));
    }
    write("big", "x".repeat(2_000_000));

    assertFault(fixture.job().put("TransferInput", "many").build(), 13, "more than 20000");
    assertFault(
        fixture.job().put("TransferInput", "big").put("MaxTransferInputMB", 1).build(),
        13,
        "max_transfer_input_mb allows 1048576");
  }

  @Test
  void changedFileIsNeverMixed() throws Exception {
    write("big", "x".repeat(3_000_000));
    ClassAd job = fixture.job().put("TransferInput", "big").build();
    InputItem item = InputManifest.of(job).items().getFirst();
    try (InputReader reader = InputReader.open(item, 0)) {
      assertThat(reader.next()).hasSize(1 << 20);
      write("big", "y".repeat(3_000_000));
      Files.setLastModifiedTime(fixture.iwd().resolve("big"), FileTime.fromMillis(1));

      reader.next();
      reader.next();
      assertThatThrownBy(reader::next).isInstanceOf(ChangedException.class);
    }
    assertThatThrownBy(() -> InputReader.open(item, 1 << 20)).isInstanceOf(ChangedException.class);
    InputItem listedAnew = InputManifest.of(job).items().getFirst();
    try (InputReader reader = InputReader.open(listedAnew, 3_000_000)) {
      assertThat(reader.next()).isEmpty();
    }
    Files.delete(fixture.iwd().resolve("big"));
    assertThatThrownBy(() -> InputReader.open(listedAnew, 0))
        .isInstanceOf(FaultException.class)
        .hasMessageContaining("does not exist");
  }
}
