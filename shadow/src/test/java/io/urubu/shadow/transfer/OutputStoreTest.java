package io.urubu.shadow.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.urubu.classad.ClassAd;
import io.urubu.shadow.runs.Fault;
import io.urubu.shadow.runs.Rename;
import io.urubu.shadow.runs.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("unit")
class OutputStoreTest {
  @TempDir Path folder;

  private TransferFixture fixture;
  private Path iwd;

  @BeforeEach
  void prepare() throws IOException {
    fixture = TransferFixture.in(folder);
    iwd = fixture.iwd();
  }

  private void publish(ClassAd job, String... namesAndTexts) throws Exception {
    OutputStore store = fixture.store(job);
    var named = new ArrayList<OutputStore.Named>();
    for (int i = 0; i < namesAndTexts.length; i += 2) {
      named.add(TransferFixture.put(store, namesAndTexts[i], namesAndTexts[i + 1]));
    }
    Publisher.publish(store.prepare(named));
    store.sweep();
    assertThat(fixture.hidden()).isEmpty();
  }

  @Test
  void listedOutputsGoWhereHtcondorPutsThem() throws Exception {
    publish(
        fixture.job().put("TransferOutput", "deep/er/file, results, inner/, ./plain").build(),
        "deep/er/file",
        "1",
        "results/a/b",
        "2",
        "inner/c/d",
        "3",
        "plain",
        "4");

    assertThat(iwd.resolve("file")).hasContent("1");
    assertThat(iwd.resolve("results/a/b")).hasContent("2");
    assertThat(iwd.resolve("c/d")).hasContent("3");
    assertThat(iwd.resolve("plain")).hasContent("4");

    publish(
        fixture
            .job()
            .put("TransferOutput", "deep/er/file")
            .put("PreserveRelativePaths", true)
            .build(),
        "deep/er/file",
        "5");
    assertThat(iwd.resolve("deep/er/file")).hasContent("5");
  }

  @Test
  void standardOutputAndErrorMayBeOneFile() throws Exception {
    Path real = Files.createDirectories(folder.resolve("elsewhere")).resolve("log");
    Files.writeString(real, "old");
    Files.createSymbolicLink(iwd.resolve("both"), real);

    publish(
        fixture.job().put("Out", "both").put("Err", iwd + "/both").build(),
        "_condor_stderr",
        "complaints\n",
        "_condor_stdout",
        "words\n");

    assertThat(real).hasContent("complaints\nwords\n");
    assertThat(iwd.resolve("both")).isSymbolicLink();
  }

  @Test
  void withoutListNothingOfTheUsersIsReplacedBySurprise() throws Exception {
    Files.writeString(iwd.resolve("input"), "the user's");
    Files.writeString(iwd.resolve("job.log"), "events");

    publish(
        fixture
            .job()
            .put("TransferInput", "input")
            .put("UserLog", "job.log")
            .put("Out", "/dev/null")
            .build(),
        "input",
        "x",
        "run.sh",
        "x",
        "job.log",
        "x",
        ".bashrc",
        "x",
        "_condor_stdout",
        "x",
        "new",
        "y");

    assertThat(iwd.resolve("input")).hasContent("the user's");
    assertThat(iwd.resolve("run.sh")).hasContent("#!/bin/sh");
    assertThat(iwd.resolve("job.log")).hasContent("events");
    assertThat(iwd.resolve(".bashrc")).doesNotExist();
    assertThat(iwd.resolve("new")).hasContent("y");
  }

  @Test
  void noLinkLeadsOutOfTheInitialDirectory() throws Exception {
    Path outside = Files.createDirectories(folder.resolve("outside"));
    Files.writeString(outside.resolve("file"), "untouched");
    Files.createSymbolicLink(iwd.resolve("results"), outside);
    Files.createSymbolicLink(iwd.resolve("link"), outside.resolve("file"));
    ClassAd job = fixture.job().put("TransferOutput", "results, link").build();
    OutputStore store = fixture.store(job);

    assertThatThrownBy(() -> store.begin("results/file", 0644)).isInstanceOf(FaultException.class);
    publish(job, "link", "mine");

    assertThat(outside.resolve("file")).hasContent("untouched");
    assertThat(iwd.resolve("link")).isRegularFile().hasContent("mine");
  }

  @Test
  void wrongContentNamesAndSizesAreRefused() throws Exception {
    OutputStore store =
        fixture.store(
            fixture.job().put("TransferOutput", "a, b").put("MaxTransferOutputMB", 1).build());
    OutputStore.Named a = TransferFixture.put(store, "a", "text");

    assertThatThrownBy(() -> store.prepare(List.of(new OutputStore.Named("b", 0, a.sha256()))))
        .isInstanceOf(RefusedException.class);
    assertThatThrownBy(() -> store.prepare(List.of(new OutputStore.Named("a", 5, a.sha256()))))
        .isInstanceOf(RefusedException.class);
    OutputWriter liar = store.begin("b", 0644);
    liar.write(ByteBuffer.wrap(new byte[3]));
    assertThatThrownBy(() -> liar.finish(4, Sha256.hash(new byte[3])))
        .isInstanceOf(RefusedException.class);
    OutputWriter large = store.begin("b", 0644);
    assertThatThrownBy(() -> large.write(ByteBuffer.wrap(new byte[1 << 20])))
        .isInstanceOfSatisfying(
            FaultException.class, e -> assertThat(e.fault().holdCode()).isEqualTo(Fault.OUTPUT))
        .hasMessageContaining("max_transfer_output_mb allows 1048576");
    large.abort();
    store.sweep();
    assertThat(fixture.hidden()).isEmpty();
  }

  @Test
  void modeGivesNobodyMoreThanReadingAndRunning() throws Exception {
    OutputStore store = fixture.store(fixture.job().build());
    OutputWriter writer = store.begin("tool", 06777);
    writer.finish(0, Sha256.hash(new byte[0]));
    Publisher.publish(
        store.prepare(List.of(new OutputStore.Named("tool", 0, Sha256.hash(new byte[0])))));

    assertThat(Files.getPosixFilePermissions(iwd.resolve("tool")))
        .isEqualTo(PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @Test
  void outputTakenByAnEarlierProcessIsFound() throws Exception {
    ClassAd job = fixture.job().put("TransferOutput", "results").build();
    OutputStore before = fixture.store(job);
    OutputStore.Named named = TransferFixture.put(before, "results/a", "kept");
    before.begin("results/b", 0644).write(ByteBuffer.wrap(new byte[10]));
    assertThat(fixture.hidden()).hasSize(2);

    OutputStore after = fixture.store(job, iwd);
    Publisher.publish(after.prepare(List.of(named)));
    after.sweep();

    assertThat(iwd.resolve("results/a")).hasContent("kept");
    assertThat(fixture.hidden()).isEmpty();
  }

  @Test
  void publishingIsGoneOnWithAfterAnyRename() throws Exception {
    for (int done = 0; done <= 3; done++) {
      ClassAd job = fixture.job().put("TransferOutput", "r" + done).build();
      OutputStore store = fixture.store(job);
      List<Rename> renames =
          store.prepare(
              List.of(
                  TransferFixture.put(store, "r" + done + "/a", "1"),
                  TransferFixture.put(store, "r" + done + "/b", "2"),
                  TransferFixture.put(store, "r" + done + "/c", "3")));
      Files.createDirectories(iwd.resolve("r" + done));
      for (Rename rename : renames.subList(0, done)) {
        Files.move(rename.from(), rename.to(), StandardCopyOption.ATOMIC_MOVE);
      }

      Publisher.publish(renames);
      Publisher.publish(renames);

      assertThat(iwd.resolve("r" + done + "/c")).hasContent("3");
    }
    assertThat(fixture.hidden()).isEmpty();
  }

  @Test
  void vanishedContentIsAFault() throws Exception {
    OutputStore store = fixture.store(fixture.job().build());
    List<Rename> renames = store.prepare(List.of(TransferFixture.put(store, "a", "text")));
    Files.delete(renames.getFirst().from());
    Files.writeString(iwd.resolve("a"), "other");

    assertThatThrownBy(() -> Publisher.publish(renames))
        .isInstanceOf(FaultException.class)
        .hasMessageContaining("vanished");
  }

  @Test
  void unusablePlacesAreSaidBeforeTheJobRuns() throws IOException {
    Files.createDirectories(iwd.resolve("sub"));
    for (ClassAd.Builder job :
        List.of(
            fixture.job().put("Out", "nowhere/out"),
            fixture.job().put("Err", "sub"),
            fixture.job().put("UserLog", "log").put("Out", "log"),
            fixture.job().put("TransferOutput", "../x"),
            fixture.job().put("TransferOutput", "/etc/x"))) {
      assertThatThrownBy(() -> OutputPlan.of(job.build())).isInstanceOf(FaultException.class);
    }
  }
}
