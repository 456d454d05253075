package io.urubu.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.urubu.classad.ClassAd;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("module")
final class OwnerTest {
  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private FakeDaemon schedd;
  private FakeDaemon first;
  private FakeDaemon second;

  @BeforeEach
  void startDaemons() throws Exception {
    Path pool = folder.resolve("pool");
    schedd = FakeDaemon.schedd(pool);
    first = FakeDaemon.named(pool, "ws1");
    second = FakeDaemon.named(pool, "ws2");
    second.answers(ClassAd.builder().put("Active", true).build());
  }

  @AfterEach
  void stopDaemons() throws Exception {
    schedd.close();
    first.close();
    second.close();
  }

  private int run(String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    Map<String, String> environment = Map.of("URUBU_POOL", folder.resolve("pool").toString());
    return Main.run(new PrintWriter(out), new PrintWriter(err), environment, arguments);
  }

  @Test
  void theOwnerComesAndGoesAtHisOwnWorkstationOnly() {
    assertThat(run("owner", "ws1", "active")).isZero();
    assertThat(out).hasToString("ws1: the owner is active\n");
    assertThat(run("owner", "slot1@ws1@host.example", "AWAY")).isZero();

    assertThat(first.requests())
        .extracting(ad -> ad.string("Command").orElse(""))
        .containsOnly("Owner");
    assertThat(first.requests())
        .extracting(ad -> ad.bool("Active").orElseThrow())
        .containsExactly(true, false);
    assertThat(second.requests()).isEmpty();
    assertThat(schedd.requests()).isEmpty();
  }

  @Test
  void withoutAWordTheOwnersAreShown() {
    assertThat(run("owner")).isZero();
    assertThat(out).hasToString("ws1: the owner is away\nws2: the owner is active\n");
    assertThat(run("owner", "ws2")).isZero();
    assertThat(out).hasToString("ws2: the owner is active\n");
    assertThat(second.requests().getFirst().string("Command")).contains("OwnerStatus");
  }

  @Test
  void whoIsNotKnownIsToldWhoIs() {
    assertThat(run("owner", "ws7", "active")).isEqualTo(1);
    assertThat(err).hasToString("urubu: no workstation ws7 on this host: known are ws1, ws2\n");
    assertThat(run("owner", "ws1", "asleep")).isEqualTo(2);
    assertThat(err.toString()).contains("active or away, not 'asleep'");
  }
}
