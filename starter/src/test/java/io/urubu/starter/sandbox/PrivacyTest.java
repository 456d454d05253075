package io.urubu.starter.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("module")
class PrivacyTest {
  @TempDir Path folder;
  private Box box;

  @BeforeEach
  void open() throws IOException {
    box = new Box(Files.createDirectories(folder.resolve("run")));
  }

  @AfterEach
  void close() {
    box.close();
  }

  @Test
  void theRootFolderHoldsTheSystemAndTheJobsOwn() throws Exception {
    List<String> seen = box.output("ls -A /").lines().toList();

    assertThat(seen)
        .isSubsetOf(
            "bin", "dev", "etc", "lib", "lib32", "lib64", "libx32", "proc", "run", "sbin",
            "scratch", "sys", "tmp", "usr", "var");
    assertThat(box.output("ls -A /run /var /var/tmp /tmp | sort -u"))
        .isEqualTo("\n/run:\n/tmp:\n/var/tmp:\n/var:\ntmp\n");
  }

  @Test
  void filesOfOthersInTheTemporaryFolderAreNotThere() throws Exception {
    Path secret = Files.writeString(folder.resolve("secret"), "the owner's");

    assertThat(box.output("cat " + secret + " 2>/dev/null || echo none")).isEqualTo("none\n");
  }

  @Test
  void aLinkToAFileOutsideLeadsNowhere() throws Exception {
    Path secret = Files.writeString(folder.resolve("secret"), "the owner's");
    Files.createSymbolicLink(box.places.scratch().resolve("link"), secret);

    assertThat(box.output("cat link 2>/dev/null || echo none")).isEqualTo("none\n");
  }

  @Test
  void servicesOfTheHostAreOutOfReach() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String connect = "exec 3<>/dev/tcp/127.0.0.1/" + server.getLocalPort();

      assertThat(box.run("/bin/bash", "-c", connect)).isEqualTo(new ProgramEnd.Exited(1));
    }
  }

  @Test
  void theJobSeesItsOwnProcessesOnly() throws Exception {
    long processes = box.output("ls /proc").lines().filter(name -> name.matches("\\d+")).count();

    assertThat(processes).as("bubblewrap, reporter, shell, ls").isLessThanOrEqualTo(4);
    assertThat(box.output("cat /proc/" + ProcessHandle.current().pid() + "/cmdline | wc -c"))
        .doesNotStartWith("1");
  }

  @Test
  void theEnvironmentIsExactlyWhatWasAskedFor() throws Exception {
    SandboxProcess process =
        box.start(
            Map.of("A", "b c\n'\"$x`\\", "IFS", "x", "odd.name", "y", "UTF", "ä"),
            "/usr/bin/env",
            "-0");

    assertThat(process.await(() -> {})).isEqualTo(new ProgramEnd.Exited(0));
    assertThat(Files.readString(box.places.scratch().resolve("out")).split("\0", -1))
        .filteredOn(variable -> !variable.matches("(_|SHLVL)=.*"))
        .containsExactlyInAnyOrder("A=b c\n'\"$x`\\", "IFS=x", "odd.name=y", "UTF=ä", "");
  }

  @Test
  void argumentsArriveByteForByte() throws Exception {
    String odd = "ä\n\t'\"\\c\\0101 $(id) * -n";

    box.run("/usr/bin/printf", "%s|%s|%s", odd, "", "%s");

    assertThat(Files.readString(box.places.scratch().resolve("out"))).isEqualTo(odd + "||%s");
  }

  @Test
  void privilegesAndMemoryOfTheHostCannotBeTaken() throws Exception {
    assertThat(box.output("grep -E 'CapEff|NoNewPrivs' /proc/self/status | tr '\\t\\n' '  '"))
        .isEqualTo("CapEff: 0000000000000000 NoNewPrivs: 1 ");
    assertThat(
            box.output(
                "for d in / /dev /etc /run /usr /proc /sys; do touch $d/x 2>/dev/null && echo $d; done; true"))
        .isEmpty();
    assertThat(
            box.output(
                "ulimit -c; ulimit -Sn; nice; hostname; id -un; cat /sys/devices/system/cpu/online >/dev/null && ls /sys /sys/devices"))
        .startsWith("0\n1024\n5\nws1\nalice\n")
        .doesNotContain("class");
  }

  @Test
  void hiddenFoldersStayEmptyWithinShownOnes() throws Exception {
    Path shown = folder.resolve("shown");
    Files.createDirectories(shown.resolve("state"));
    Files.writeString(shown.resolve("tool"), "tool");
    Files.writeString(shown.resolve("state/key"), "key");
    try (Box other =
        new Box(
            Files.createDirectories(folder.resolve("other")),
            List.of(shown),
            List.of(shown.resolve("state")))) {

      assertThat(other.output("cat " + shown + "/tool; ls -A " + shown + "/state"))
          .isEqualTo("tool");
    }
  }

  @Test
  void aTrialTellsThatJobsCanBeBoxedIn() throws Exception {
    Path trial = Files.createDirectories(folder.resolve("trial"));

    assertThat(box.selfTest().run(trial)).isEmpty();
  }
}
