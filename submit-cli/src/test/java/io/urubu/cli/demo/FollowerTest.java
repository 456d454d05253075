package io.urubu.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.urubu.classad.ClassAd;
import io.urubu.classad.ClassAdSyntaxException;
import io.urubu.cli.FakeDaemon;
import io.urubu.cli.eventlog.EventLog;
import io.urubu.cli.session.Session;
import io.urubu.command.presence.ProcessMark;
import io.urubu.command.presence.RunFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("module")
final class FollowerTest {
  private static final Duration STAY = Duration.ofMillis(50);

  @TempDir Path folder;

  private final List<String> told = new ArrayList<>();
  private final List<FakeDaemon> daemons = new ArrayList<>();
  private Path log = Path.of("");
  private int returns;

  @BeforeEach
  void startDaemons() throws Exception {
    log = Files.createFile(folder.resolve("moved.log"));
    daemon("schedd").answersBy(request -> List.of(job()));
    daemon("ws1").answersBy(request -> workstation(request, "ws2"));
    daemon("ws2").answersBy(request -> workstation(request, "ws1"));
  }

  @AfterEach
  void stopDaemons() throws Exception {
    for (FakeDaemon daemon : daemons) {
      daemon.close();
    }
  }

  private FakeDaemon daemon(String name) throws IOException {
    FakeDaemon daemon = FakeDaemon.named(folder.resolve("pool"), name);
    daemons.add(daemon);
    ProcessMark mark = ProcessMark.of(ProcessHandle.current().pid()).orElseThrow();
    RunFolder.of(folder.resolve("pool/run"), name).writeMark(mark);
    return daemon;
  }

  /** A job whose last checkpoint has 23.4 MB. */
  private static ClassAd job() {
    try {
      return ClassAd.builder()
          .put("LastCheckpointSeconds", 0.6)
          .put("VacateReason", "the owner is back")
          .putExpression("Checkpoints", "{[Generation = 1; Bytes = 23400000]}")
          .build();
    } catch (ClassAdSyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** One whose owner drives the job away to the next; at the second return it ends there. */
  private List<ClassAd> workstation(ClassAd request, String next) {
    if (request.bool("Active").orElse(false)) {
      returns++;
      write(3, "Job was checkpointed.");
      write(4, "Job was evicted.");
      write(1, "Job executing on host: <x>\n\tSlotName: slot1@" + next + "@host");
      if (returns == 2) {
        write(5, "Job terminated.");
      }
    }
    return List.of();
  }

  private void write(int kind, String text) {
    try {
      Files.writeString(
          log,
          "%03d (002.000.000) 2026-11-20 18:32:28 %s\n...\n".formatted(kind, text),
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Journey follow() throws IOException {
    PrintWriter nowhere = new PrintWriter(new StringWriter());
    Map<String, String> environment = Map.of("URUBU_POOL", folder.resolve("pool").toString());
    PoolDesk desk = new PoolDesk(new Session(nowhere, nowhere, Map.of()), environment);
    try (EventLog entries = EventLog.open(log)) {
      return new Follower(desk, new Timeline(told::add), entries, "2.0").follow(2, STAY);
    }
  }

  @Test
  void aJobIsFollowedFromPlaceToPlaceWhileItsOwnersComeBack() throws Exception {
    write(0, "Job submitted from host: <x>");
    write(1, "Job executing on host: <x>\n\tSlotName: slot1@ws1@host");

    Journey journey = follow();

    assertThat(journey.places()).containsExactly("ws1", "ws2", "ws1");
    assertThat(journey.stops()).hasSize(2);
    assertThat(journey.leavings()).hasSize(2);
    assertThat(journey.gaps()).hasSize(2);
    assertThat(journey.sizes()).containsExactly(23_400_000L, 23_400_000L);
    assertThat(told.stream().map(line -> line.replaceFirst("^ *[0-9.]+ s  ", "")))
        .filteredOn(line -> !line.startsWith("stopped after"))
        .startsWith(
            "job 2.0 waits",
            "matched, running on ws1",
            "the owner of ws1 is back",
            "checkpoint of 23.4 MB in 0.60 s",
            "vacated ws1: the owner is back",
            "running on ws2 from its checkpoint")
        .contains("vacated ws2: the owner is back")
        .endsWith("running on ws1 from its checkpoint", "done", "the owner of ws2 goes");
  }

  @Test
  void aJobThatIsHeldEndsTheDemonstration() {
    write(12, "Job was held.\n\tno such file\n\tCode 13 Subcode 2");

    assertThatThrownBy(this::follow)
        .hasMessageContaining("job 2.0: 012")
        .hasMessageContaining("no such file");
  }

  @Test
  void aJobThatEndsTooEarlyIsNoSuccess() {
    write(1, "Job executing on host: <x>\n\tSlotName: slot1@ws1@host");
    write(5, "Job terminated.");

    assertThatThrownBy(this::follow).hasMessageContaining("ended before the owner came back");
  }
}
