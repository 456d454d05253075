package io.urubu.starter.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.urubu.classad.ClassAd;
import io.urubu.protocol.run.v1.RunRequest.MessageCase;
import io.urubu.starter.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("module")
class SuspensionTest {
  private static final long QUIET = 300_000_000L;

  /** Several processes, one in a session of its own. */
  private static final String WRITERS =
      "w() { while :; do echo x >>$1; sleep 0.01; done; }; w a & setsid bash -c 'while :; do echo x"
          + " >>b; sleep 0.01; done' & w c\n";

  @TempDir private static Path home;
  private static LiveStarter starter;
  private FakeShadow shadow;

  @BeforeAll
  static void start() throws Exception {
    starter = new LiveStarter(home).start();
  }

  @BeforeEach
  void next() throws Exception {
    starter.nextRun();
    shadow = starter.shadow();
  }

  @AfterAll
  static void close() throws Exception {
    starter.close();
  }

  private long written() {
    long sum = 0;
    for (String name : new String[] {"a", "b", "c"}) {
      sum += starter.scratch().resolve(name).toFile().length();
    }
    return sum;
  }

  private void goesOn() throws Exception {
    long before = written();
    Await.until(() -> written() > before);
  }

  private void standsStill() throws Exception {
    long before = written();
    long from = System.nanoTime();
    Await.until(() -> System.nanoTime() - from > QUIET);
    assertThat(written()).isEqualTo(before);
  }

  private void end() throws Exception {
    starter.end(false, "UserCommand");
    starter.awaitGone();
  }

  @Test
  void theOwnerStopsEveryProcessAtOnceAndLetsThemGoOn() throws Exception {
    shadow.program(WRITERS);
    starter.run(shadow, "");
    goesOn();

    starter.ask(starter.command("Suspend").toBuilder().put("Reason", "keyboard").build());
    starter.awaitEvent("Suspended");
    standsStill();

    ClassAd suspended = starter.event("Suspended").orElseThrow();
    assertThat(suspended.integer("Processes").orElse(0)).isGreaterThanOrEqualTo(4);
    assertThat(suspended.integer("Millis").orElse(1000)).isLessThan(500);
    Await.until(() -> !shadow.heard(MessageCase.SUSPENDED).isEmpty());
    assertThat(shadow.heard(MessageCase.SUSPENDED).getFirst().getSuspended().getReason())
        .isEqualTo("keyboard");

    starter.ask(starter.command("Continue"));
    starter.awaitEvent("Continued");
    goesOn();
    Await.until(() -> !shadow.heard(MessageCase.CONTINUED).isEmpty());
    end();
  }

  @Test
  void whoIsHeldTwiceGoesOnWhenBothLetIt() throws Exception {
    shadow.program(WRITERS);
    starter.run(shadow, "");
    goesOn();

    starter.ask(starter.command("UserSuspend"));
    starter.ask(starter.command("Suspend"));
    starter.ask(starter.command("Suspend"));
    Await.until(() -> starter.events.stream().filter(ad -> isEvent(ad, "Suspended")).count() == 3);
    starter.ask(starter.command("Continue"));
    standsStill();
    starter.disconnect();
    Await.until(() -> starter.log().contains("the startd is gone"));
    starter.connect();
    starter.ask(starter.command("UserContinue"));
    standsStill();
    assertThat(starter.event("Continued")).isEmpty();

    // A startd that comes back has to say that the owner is away.
    starter.ask(starter.command("Continue"));
    goesOn();
    assertThat(shadow.heard(MessageCase.SUSPENDED)).hasSize(1);
    end();
  }

  private static boolean isEvent(ClassAd ad, String name) {
    return ad.string("Event").orElse("").equals(name);
  }

  @Test
  void aJobThatIsHeldBeforeItStartsDoesNotStart() throws Exception {
    shadow.program(WRITERS).input("large", "x".repeat(3_000_000), 0644);
    shadow.breakAfter = 100_000;
    starter.run(shadow, "");
    starter.ask(starter.command("Suspend"));
    Await.until(() -> Files.exists(starter.scratch().resolve(".job.ad")));
    standsStill();
    assertThat(starter.event("Executing")).isEmpty();

    starter.ask(starter.command("Continue"));
    goesOn();
    end();
  }

  @Test
  void aHeldJobThatCannotBeSavedIsAskedToGo() throws Exception {
    shadow.program(
        "trap 'echo bye >/tmp/../scratch/bye; exit' USR1; echo up; w() { :; }; "
            + "while :; do sleep 0.02; done\n");
    starter.run(shadow, "KillSig = \"SIGUSR1\"; WantCheckpointBackend = \"none\"");
    Await.until(() -> starter.scratch().resolve("_condor_stdout").toFile().length() > 0);
    starter.ask(starter.command("Suspend"));
    starter.awaitEvent("Suspended");

    long from = System.nanoTime();
    starter.end(true, "OwnerReturned");
    starter.awaitGone();

    // By its own signal, not by the kill that comes when its time is over.
    assertThat(System.nanoTime() - from).isLessThan(2_500_000_000L);
    Await.until(() -> !shadow.heard(MessageCase.VACATED).isEmpty());
    assertThat(shadow.heard(MessageCase.VACATED).getFirst().getVacated().getCode())
        .isEqualTo("OwnerReturned");
  }
}
