package io.urubu.startd.account;

import io.urubu.command.presence.ProcessMark;
import io.urubu.startd.processes.ProcessTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lends accounts without a name to users of this workstation. An account is lent to one starter
 * folder of one startd of the host at a time, and never while anything runs under it.
 */
public final class LentAccounts {
  private static final Logger log = LoggerFactory.getLogger(LentAccounts.class);

  private final LeaseFolder leases;
  private final UidRange range;
  private final Lender lender;
  private final ProcessTable processes;
  private final IntPredicate hasName;

  /**
   * The startd that lends.
   *
   * @param run the pool's RUN folder
   * @param startd the startd's process name
   */
  public record Lender(Path run, String startd, ProcessMark process) {
    public Lender {
      run = run.toAbsolutePath().normalize();
    }
  }

  /** Removes what a holder that is dead left in its folder. */
  @FunctionalInterface
  public interface FolderSweep {
    void sweep(Path folder, int uid) throws IOException;
  }

  /**
   * @param register as {@code /run/urubu-accounts}
   * @param hasName whether the system's user database knows the account
   */
  public LentAccounts(
      Path register, UidRange range, Lender lender, ProcessTable processes, IntPredicate hasName) {
    this.leases = new LeaseFolder(register, Long.toString(lender.process().pid()));
    this.range = range;
    this.lender = lender;
    this.processes = processes;
    this.hasName = hasName;
  }

  /**
   * Lends an account for that folder, which is there already and still belongs to root: a lease for
   * a folder that is gone counts as dead.
   *
   * @throws IOException when none is free
   */
  public synchronized int lend(Path folder, FolderSweep sweep) throws IOException {
    for (int uid : range.stream().toArray()) {
      if (isFree(uid, sweep) && leases.create(uid, holder(folder))) {
        if (!hasName.test(uid) && processes.ofAccount(uid).isEmpty()) {
          return uid;
        }
        giveBack(uid, folder);
      }
    }
    throw new IOException(
        "LENT_UIDS: every account of "
            + range.first()
            + "-"
            + range.last()
            + " is lent, has a name or runs something: set a larger range");
  }

  /** True when the account is lent for that folder, by this startd or an earlier process of it. */
  public boolean isLent(int uid, Path folder) throws IOException {
    return range.contains(uid)
        && leases
            .read(uid)
            .flatMap(LeaseFolder::holder)
            .filter(holder -> holder.isSameDaemon(lender.run(), lender.startd()))
            .filter(holder -> holder.folder().equals(folder))
            .isPresent();
  }

  /** Ends the lease; the account has no process and the folder is swept by then. */
  public synchronized void giveBack(int uid, Path folder) throws IOException {
    Optional<String> lease = leases.read(uid);
    if (lease.isPresent() && isLent(uid, folder)) {
      leases.remove(uid, lease.get());
    }
    leases.removeWhenEmpty();
  }

  /** Ends the leases of earlier processes of this startd for folders that are gone. */
  public synchronized void giveBackLost() throws IOException {
    for (int uid : leases.lent()) {
      Optional<Holder> holder = leases.read(uid).flatMap(LeaseFolder::holder);
      if (holder.filter(h -> h.isSameDaemon(lender.run(), lender.startd())).isPresent()
          && !Files.exists(holder.get().folder())
          && processes.ofAccount(uid).isEmpty()) {
        giveBack(uid, holder.get().folder());
      }
    }
    leases.removeWhenEmpty();
  }

  private boolean isFree(int uid, FolderSweep sweep) throws IOException {
    Optional<String> lease = leases.read(uid);
    if (lease.isEmpty()) {
      return true;
    }
    if (!processes.ofAccount(uid).isEmpty()) {
      return false;
    }
    Optional<Holder> holder = LeaseFolder.holder(lease.get());
    if (holder.isPresent()) {
      boolean folderThere = Files.exists(holder.get().folder());
      if (folderThere && holder.get().process().isAlive()) {
        return false;
      }
      if (folderThere) {
        sweep.sweep(holder.get().folder(), uid);
      }
    }
    boolean removed = leases.remove(uid, lease.get());
    if (removed) {
      log.atInfo().addKeyValue("uid", uid).log("the lease of a dead startd was ended");
    }
    return removed;
  }

  private Holder holder(Path folder) {
    return new Holder(lender.run(), lender.startd(), lender.process(), folder);
  }
}
