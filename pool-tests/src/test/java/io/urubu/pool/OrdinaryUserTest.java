package io.urubu.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The demonstration as an ordinary user: no privilege, no spawner, no lent accounts. */
@Tag("pool")
class OrdinaryUserTest {

  @Test
  void theDemonstrationRunsWithoutPrivileges() throws Exception {
    assumeTrue(Accounts.isRoot(), "an ordinary user runs all other tests as one already");
    Path folder = Files.createTempDirectory("urubu-user-");
    try {
      Path urubu = copyForAll(folder);
      Map<String, String> environment = new HashMap<>();
      environment.put("HOME", folder.resolve("nowhere").toString());
      environment.put("JAVA_HOME", System.getProperty("java.home"));
      List<String> command = new ArrayList<>(Accounts.become(Accounts.OTHER));
      command.addAll(List.of("sh", urubu.resolve("bin/urubu").toString(), "demo"));

      Cli.Result result = Cli.execute(Path.of("/"), environment, command);

      assertThat(result.status()).as(result.toString()).isZero();
      assertThat(result.out()).contains("all is right");
      assertThat(result.err()).contains("6 of 6 results are the known ones");
      Leftovers.assertNone(Path.of("/tmp/urubu-demo-"));
    } finally {
      Folders.delete(folder);
    }
  }

  /** The checkout may lie where other accounts cannot read it. */
  private static Path copyForAll(Path folder) throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path copy = folder.resolve("urubu");
    Cli.Result result =
        Cli.execute(
            Path.of("/"),
            Map.of(),
            List.of("cp", "-r", System.getProperty("urubu.home"), copy.toString()));
    assertThat(result.status()).as(result.toString()).isZero();
    assertThat(
            Cli.execute(Path.of("/"), Map.of(), List.of("chmod", "-R", "a+rX", copy.toString()))
                .status())
        .isZero();
    return copy;
  }
}
