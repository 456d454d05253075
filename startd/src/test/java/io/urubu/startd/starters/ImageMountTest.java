package io.urubu.startd.starters;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a starter finds when it was started with a mount, with a shell in the starter's place. */
@Tag("module")
@Timeout(60)
class ImageMountTest {
  private static final int UID = 70913;

  private static final String SHOW =
      "echo \"$@\"; pwd; id -u; grep -c ' '\"$0\"'/images/mount fuse ' /proc/self/mounts;"
          + " readlink /proc/$$/fd/9; grep -E 'Cap(Inh|Prm|Eff|Amb)' /proc/self/status";

  private Path root;
  private Path folder;

  @BeforeEach
  void prepare() throws Exception {
    root = Files.createTempDirectory(Path.of("/tmp"), "urubu-mount-");
    Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx--x--x"));
    folder = Files.createDirectory(root.resolve("s1"));
  }

  @AfterEach
  void clear() throws Exception {
    new ProcessBuilder("rm", "-rf", root.toString()).start().waitFor(10, TimeUnit.SECONDS);
  }

  private static void assumeMountsAreAllowed() {
    Assumptions.assumeTrue(
        Files.isWritable(Path.of("/dev/fuse")) && isRoot(), "SKIPPED: needs root and /dev/fuse");
  }

  private static boolean isRoot() {
    return ProcessHandle.current().info().user().orElse("").equals("root");
  }

  private List<String> output(List<String> command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    List<String> lines = new ArrayList<>();
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      reader.lines().forEach(lines::add);
    }
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return lines;
  }

  private static final List<String> NO_PRIVILEGE =
      List.of(
          "CapInh:\t0000000000000000",
          "CapPrm:\t0000000000000000",
          "CapEff:\t0000000000000000",
          "CapAmb:\t0000000000000000");

  private void ownFolder() throws Exception {
    output(List.of("chown", UID + ":" + UID, folder.toString()));
  }

  @Test
  void rootsStarterHasAMountAndNoPrivilege() throws Exception {
    assumeMountsAreAllowed();
    ownFolder();

    List<String> lines =
        output(
            ImageMount.before(
                folder,
                OptionalInt.of(UID),
                Lending.as(UID, List.of("bash", "-c", SHOW, folder.toString()))));

    assertThat(lines.getFirst()).isEqualTo("--images-fd 9");
    assertThat(lines).containsSubsequence("" + UID, "1", "/dev/fuse").containsAll(NO_PRIVILEGE);
    assertThat(Files.readString(Path.of("/proc/self/mounts"))).doesNotContain(folder.toString());
    assertThat(Files.getAttribute(folder.resolve("images/mount"), "unix:uid")).isEqualTo(UID);
  }

  /** Nobody answers for this mount: whoever met it would wait for ever. */
  @Test
  void whoLooksAtEachThingInTheStartersFolderMeetsNoMount() throws Exception {
    assumeMountsAreAllowed();
    ownFolder();
    String look = "timeout 5 stat -c %F \"$0\"/* && echo seen";

    List<String> lines =
        output(
            ImageMount.before(
                folder,
                OptionalInt.of(UID),
                Lending.as(UID, List.of("bash", "-c", look, folder.toString()))));

    assertThat(lines).containsExactly("directory", "seen");
  }

  /** With a device that everybody may open, as desktops have it. */
  private List<String> asOrdinaryUser(List<String> command) {
    List<String> whole =
        new ArrayList<>(List.of("unshare", "--mount", "--propagation", "private", "bash", "-c"));
    whole.add(
        "mount -t tmpfs t /mnt && mknod /mnt/fuse c 10 229 && chmod 666 /mnt/fuse &&"
            + " mount --bind /mnt/fuse /dev/fuse && exec \"$@\"");
    whole.add("x");
    whole.addAll(List.of("setpriv", "--reuid=" + UID, "--regid=" + UID, "--clear-groups", "--"));
    whole.addAll(command);
    return whole;
  }

  @Test
  void anOrdinaryUsersStarterHasAMountAndStaysItself() throws Exception {
    assumeMountsAreAllowed();
    ownFolder();

    List<String> lines =
        output(
            asOrdinaryUser(
                ImageMount.before(
                    folder, OptionalInt.empty(), List.of("bash", "-c", SHOW, folder.toString()))));

    assertThat(lines.getFirst()).isEqualTo("--images-fd 9");
    assertThat(lines).containsSubsequence("" + UID, "1", "/dev/fuse").containsAll(NO_PRIVILEGE);
  }

  @Test
  void whoMayNotOpenTheDeviceIsStartedWithoutAndToldWhatMendsIt() throws Exception {
    Assumptions.assumeTrue(isRoot(), "SKIPPED: needs root");
    ownFolder();
    Assumptions.assumeFalse(
        output(Lending.as(UID, List.of("sh", "-c", "test -w /dev/fuse && echo open")))
            .contains("open"),
        "SKIPPED: everybody may open /dev/fuse here");

    List<String> lines =
        output(
            Lending.as(
                UID,
                ImageMount.before(
                    folder, OptionalInt.empty(), List.of("bash", "-c", SHOW, folder.toString()))));

    assertThat(lines.getFirst()).startsWith("--no-images /dev/fuse ").contains("chmod 666");
    assertThat(lines).contains("" + UID);
  }

  @Test
  void whoMayNotMakeNamespacesIsStartedWithout() throws Exception {
    Assumptions.assumeTrue(isRoot(), "SKIPPED: needs root");
    List<String> command =
        new ArrayList<>(List.of("setpriv", "--bounding-set=-sys_admin", "--inh-caps=-all", "--"));
    command.addAll(
        ImageMount.before(
            folder, OptionalInt.of(UID), List.of("bash", "-c", SHOW, folder.toString())));

    List<String> lines = output(command);

    assertThat(lines.getFirst()).startsWith("--no-images no mount").contains("CAP_SYS_ADMIN");
  }

  @Test
  void aKilledStarterLeavesNoMountAndItsProcessIsTheOneThatWasStarted() throws Exception {
    assumeMountsAreAllowed();
    ownFolder();
    Process process =
        new ProcessBuilder(
                ImageMount.before(
                    folder,
                    OptionalInt.of(UID),
                    Lending.as(UID, List.of("bash", "-c", "echo $$; exec sleep 100"))))
            .start();
    String pid =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8)).readLine();
    Path mounts = Path.of("/proc", "" + process.pid(), "mounts");
    assertThat(pid).isEqualTo("" + process.pid());
    assertThat(Files.readString(mounts)).contains(folder + "/images/mount");

    process.destroyForcibly().waitFor();

    assertThat(Files.readString(Path.of("/proc/self/mounts"))).doesNotContain(folder.toString());
    Files.delete(folder.resolve("images/mount"));
  }
}
