package io.urubu.schedd.spawner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.urubu.schedd.shadows.ShadowPlaces;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("unit")
class ShadowSpawnerTest {
  private static final String PEM = "-----BEGIN PRIVATE KEY-----\n";

  @TempDir private Path folder;
  private ShadowSpawner spawner;

  @BeforeEach
  void makeSpawner() throws Exception {
    Files.createFile(folder.resolve("urubu-shadow-0.jar"));
    spawner =
        new ShadowSpawner(
            new ShadowPlaces(
                folder.resolve("urubu.conf"),
                Path.of("/java"),
                folder,
                folder.resolve("spool"),
                folder.resolve("run"),
                folder.resolve("log")),
            "example.org");
  }

  @Test
  void anAccountThatDoesNotExistIsRefused() {
    assertThatThrownBy(() -> spawner.check("no-such-account", "no-such-account@example.org", PEM))
        .hasMessageContaining("no account 'no-such-account'");
  }

  @Test
  void namesThatLookLikeOptionsOrPathsAreNoAccounts() {
    for (String name : new String[] {"", "--help", "../root", "a b", "root\n", "0"}) {
      assertThatThrownBy(() -> spawner.check(name, name + "@example.org", PEM))
          .hasMessageContaining("no account");
    }
  }

  @Test
  void theUserMustBeTheAccountsOwn() {
    assertThatThrownBy(() -> spawner.check("root", "alice@example.org", PEM))
        .hasMessageContaining("not the user of account root");
    assertThatThrownBy(() -> spawner.check("root", "root@elsewhere.org", PEM))
        .hasMessageContaining("not the user of account root");
  }

  @Test
  void anIdentityIsPem() {
    assertThatThrownBy(() -> spawner.check("root", "root@example.org", "no key"))
        .hasMessageContaining("PEM");
    assertThatThrownBy(() -> spawner.check("root", "root@example.org", PEM + "x".repeat(100_000)))
        .hasMessageContaining("PEM");
  }

  @Test
  void theShadowRunsAsTheAccountWithoutAWayBack() throws Exception {
    Account account = spawner.check("root", "root@example.org", PEM);

    assertThat(spawner.command(account, "root@example.org"))
        .containsSequence(
            "setsid",
            "--",
            "setpriv",
            "--reuid=0",
            "--regid=0",
            "--init-groups",
            "--no-new-privs",
            "--",
            "/java")
        .contains("--user", "root@example.org", "--local-name", "shadow-root")
        .noneMatch(word -> word.contains("BEGIN"));
  }

  @Test
  void aLineOfAnotherAccountIsNotTaken() {
    assertThat(Account.parse("alice", "alice:x:1000:1001::/home/alice:/bin/sh"))
        .contains(new Account("alice", 1000, 1001));
    assertThat(Account.parse("alice", "root:x:0:0:root:/root:/bin/sh")).isEmpty();
    assertThat(Account.parse("alice", "alice:x:many:0")).isEmpty();
  }
}
