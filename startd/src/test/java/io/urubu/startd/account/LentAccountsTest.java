package io.urubu.startd.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.urubu.command.presence.ProcessMark;
import io.urubu.startd.processes.ProcessTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("unit")
class LentAccountsTest {
  private static final ProcessMark DEAD = new ProcessMark(Integer.MAX_VALUE, 1);

  @TempDir Path folder;
  private final List<Path> swept = new ArrayList<>();

  private LentAccounts accounts(String startd, ProcessMark process, Integer... named) {
    return new LentAccounts(
        folder.resolve("register"),
        UidRange.parse("70901-70903"),
        new LentAccounts.Lender(folder.resolve("run"), startd, process),
        new ProcessTable(),
        Set.of(named)::contains);
  }

  private Path starterFolder(String name) throws IOException {
    return Files.createDirectories(folder.resolve("execute").resolve(name));
  }

  private int lend(LentAccounts accounts, Path starter) throws IOException {
    return accounts.lend(starter, (left, _) -> swept.add(left));
  }

  @Test
  void everyAccountIsLentOnce() throws Exception {
    LentAccounts one = accounts("ws1", ProcessMark.own());
    LentAccounts other = accounts("ws2", ProcessMark.own());

    List<Integer> lent =
        List.of(
            lend(one, starterFolder("a")),
            lend(other, starterFolder("b")),
            lend(one, starterFolder("c")));

    assertThat(lent).containsExactly(70901, 70902, 70903);
    assertThatThrownBy(() -> lend(other, starterFolder("d"))).hasMessageContaining("LENT_UIDS");
  }

  @Test
  void anAccountWithANameIsNotLent() throws Exception {
    assertThat(lend(accounts("ws1", ProcessMark.own(), 70901), starterFolder("a")))
        .isEqualTo(70902);
  }

  @Test
  void theRegisterIsGoneWithItsLastLease() throws Exception {
    LentAccounts accounts = accounts("ws1", ProcessMark.own());
    Path starter = starterFolder("a");
    int uid = lend(accounts, starter);
    assertThat(accounts.isLent(uid, starter)).isTrue();

    accounts.giveBack(uid, starter);

    assertThat(accounts.isLent(uid, starter)).isFalse();
    assertThat(folder.resolve("register")).doesNotExist();
  }

  @Test
  void nobodyGivesBackWhatAnotherLent() throws Exception {
    LentAccounts one = accounts("ws1", ProcessMark.own());
    Path starter = starterFolder("a");
    int uid = lend(one, starter);

    accounts("ws2", ProcessMark.own()).giveBack(uid, starter);
    one.giveBack(uid, starterFolder("b"));

    assertThat(one.isLent(uid, starter)).isTrue();
  }

  @Test
  void theLeaseOfADeadStartdIsTakenOverAfterItsFolderIsSwept() throws Exception {
    Path left = starterFolder("a");
    int uid = lend(accounts("ws1", DEAD), left);

    assertThat(lend(accounts("ws2", ProcessMark.own()), starterFolder("b"))).isEqualTo(uid);

    assertThat(swept).containsExactly(left);
  }

  @Test
  void theLeaseForAFolderThatIsGoneIsTakenOver() throws Exception {
    Path left = starterFolder("a");
    int uid = lend(accounts("ws1", ProcessMark.own()), left);
    Files.delete(left);

    assertThat(lend(accounts("ws2", ProcessMark.own()), starterFolder("b"))).isEqualTo(uid);

    assertThat(swept).isEmpty();
  }

  @Test
  void aDamagedLeaseOfAnAccountThatRunsNothingIsTakenOver() throws Exception {
    Files.createDirectories(folder.resolve("register"));
    Files.writeString(folder.resolve("register/70901"), "rubbish");

    assertThat(lend(accounts("ws1", ProcessMark.own()), starterFolder("a"))).isEqualTo(70901);
  }

  @Test
  void aStartdThatStartsAgainFreesWhatItLostAndKeepsWhatLives() throws Exception {
    LentAccounts before = accounts("ws1", ProcessMark.own());
    Path kept = starterFolder("kept");
    int keptUid = lend(before, kept);
    Path lost = starterFolder("lost");
    int lostUid = lend(before, lost);
    Files.delete(lost);

    LentAccounts after = accounts("ws1", ProcessMark.own());
    after.giveBackLost();

    assertThat(after.isLent(keptUid, kept)).isTrue();
    assertThat(folder.resolve("register/" + lostUid)).doesNotExist();
  }

  @Test
  void rangesThatMakeNoSenseAreRefused() {
    assertThatThrownBy(() -> UidRange.parse("0-70")).hasMessageContaining("LENT_UIDS");
    assertThatThrownBy(() -> UidRange.parse("70000")).hasMessageContaining("LENT_UIDS");
    assertThatThrownBy(() -> UidRange.parse("70002-70001")).hasMessageContaining("LENT_UIDS");
  }
}
