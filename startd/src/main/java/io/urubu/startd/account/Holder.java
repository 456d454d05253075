package io.urubu.startd.account;

import io.urubu.classad.ClassAd;
import io.urubu.command.presence.ProcessMark;
import java.nio.file.Path;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * Who lent an account.
 *
 * @param run the pool's RUN folder
 * @param startd the startd's process name
 * @param folder the starter's folder, which belongs to the account
 */
record Holder(Path run, String startd, ProcessMark process, Path folder) {

  boolean isSameDaemon(Path otherRun, String otherStartd) {
    return run.equals(otherRun) && startd.equals(otherStartd);
  }

  ClassAd toAd() {
    return ClassAd.builder()
        .put("Run", run.toString())
        .put("Startd", startd)
        .put("Process", process.toString())
        .put("Folder", folder.toString())
        .build();
  }

  static Optional<Holder> fromAd(ClassAd ad) {
    try {
      return Optional.of(
          new Holder(
              Path.of(ad.string("Run").orElseThrow()),
              ad.string("Startd").orElseThrow(),
              ad.string("Process").flatMap(ProcessMark::parse).orElseThrow(),
              Path.of(ad.string("Folder").orElseThrow())));
    } catch (NoSuchElementException | IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
