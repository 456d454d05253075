package io.urubu.submit;

import io.urubu.classad.ClassAd;
import io.urubu.config.language.LogicalLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Looks, as the person who submits, whether the files that the jobs name are there and may be used.
 * Of a cluster's jobs that name different files the first ten thousand are looked at.
 */
public final class FileChecks {
  private static final long MOST_JOBS = 10_000;
  private static final int MOST_PROBLEMS = 20;
  private static final List<String> NAMING =
      List.of("Cmd", "Iwd", "In", "Out", "Err", "UserLog", "TransferInput");
  private static final long SOME_CLUSTER = 1;

  private final SubmitRequest request;
  private final Set<String> problems = new LinkedHashSet<>();

  private FileChecks(SubmitRequest request) {
    this.request = request;
  }

  /** The executables alone, as far as they are to be transferred. */
  public static void ofExecutables(Submission submission) throws SubmitException {
    List<String> problems = new ArrayList<>();
    for (SubmitRequest request : submission.requests()) {
      FileChecks checks = new FileChecks(request);
      checks.executable(request.ad(SOME_CLUSTER, 0), false);
      problems.addAll(checks.problems);
    }
    refuse(problems);
  }

  /** Everything. Event logs whose names are known are made when they are not there yet. */
  public static void ofAll(Submission submission) throws SubmitException {
    List<String> problems = new ArrayList<>();
    for (SubmitRequest request : submission.requests()) {
      FileChecks checks = new FileChecks(request);
      checks.all();
      problems.addAll(checks.problems);
    }
    refuse(problems);
  }

  /** Makes the event logs whose names hold the cluster's number, which is known only now. */
  public static void makeLogs(SubmitRequest request, long cluster) throws SubmitException {
    if (!request.variesWithCluster("UserLog")) {
      return;
    }
    FileChecks checks = new FileChecks(request);
    long jobs = request.isCommon("UserLog") ? 1 : Math.min(request.count(), MOST_JOBS);
    for (long process = 0; process < jobs; process++) {
      checks.log(request.ad(cluster, process));
    }
    refuse(List.copyOf(checks.problems));
  }

  private static void refuse(List<String> problems) throws SubmitException {
    if (!problems.isEmpty()) {
      throw new SubmitException(problems);
    }
  }

  private void all() {
    if (!request.checkFiles()) {
      return;
    }
    boolean common = NAMING.stream().allMatch(request::isCommon);
    long jobs = common ? 1 : Math.min(request.count(), MOST_JOBS);
    for (long process = 0; process < jobs && problems.size() < MOST_PROBLEMS; process++) {
      ClassAd ad = request.ad(SOME_CLUSTER, process);
      Path folder = path(ad, "Iwd");
      if (!request.variesWithCluster("Iwd") && !Files.isDirectory(folder)) {
        problem("Iwd", "no folder " + folder + "; make it, or mend initialdir");
        continue;
      }
      executable(ad, true);
      input(ad, folder);
      transferInput(ad, folder);
      output(ad, folder, "Out");
      output(ad, folder, "Err");
      if (!request.variesWithCluster("UserLog")) {
        log(ad);
      }
    }
  }

  private void executable(ClassAd ad, boolean exactly) {
    if (!ad.bool("TransferExecutable").orElse(true) || request.variesWithCluster("Cmd")) {
      return;
    }
    Path file = path(ad, "Cmd");
    if (!Files.exists(file)) {
      problem("Cmd", "no file " + file + "; make it, or mend the name");
    } else if (exactly) {
      readable("Cmd", file);
    }
  }

  private void input(ClassAd ad, Path folder) {
    String name = ad.string("In").orElse("/dev/null");
    if (!name.equals("/dev/null") && !request.variesWithCluster("In")) {
      Path file = FileSizes.resolve(folder, name);
      if (!Files.exists(file)) {
        problem("In", "no file " + file + "; make it, or mend the name");
      } else {
        readable("In", file);
      }
    }
  }

  private void transferInput(ClassAd ad, Path folder) {
    if (request.variesWithCluster("TransferInput")) {
      return;
    }
    for (String name : Words.files(ad.string("TransferInput").orElse(""))) {
      if (Words.isUrl(name)) {
        continue;
      }
      Path file = FileSizes.resolve(folder, name);
      if (!Files.exists(file)) {
        problem("TransferInput", "no file or folder " + file + "; make it, or mend the name");
      } else if (!Files.isReadable(file)) {
        problem("TransferInput", file + " may not be read; chmod u+r " + file);
      }
    }
  }

  private void readable(String attribute, Path file) {
    if (Files.isDirectory(file)) {
      problem(attribute, file + " is a folder; name a file");
    } else if (!Files.isReadable(file)) {
      problem(attribute, file + " may not be read; chmod u+r " + file);
    }
  }

  private void output(ClassAd ad, Path folder, String attribute) {
    String name = ad.string(attribute).orElse("/dev/null");
    if (name.equals("/dev/null") || request.variesWithCluster(attribute)) {
      return;
    }
    Path file = FileSizes.resolve(folder, name);
    Path parent = Optional.ofNullable(file.getParent()).orElse(folder);
    if (Files.isDirectory(file)) {
      problem(attribute, file + " is a folder; name a file");
    } else if (!Files.isDirectory(parent)) {
      problem(attribute, "no folder " + parent + "; make it");
    } else if (Files.exists(file) ? !Files.isWritable(file) : !Files.isWritable(parent)) {
      problem(attribute, file + " may not be written; name another file, or mend its permissions");
    }
  }

  /** Opens for append: what an earlier run has logged stays. */
  private void log(ClassAd ad) {
    Optional<String> name = ad.string("UserLog");
    if (name.isEmpty()) {
      return;
    }
    Path file = Path.of(name.get());
    try {
      Files.newByteChannel(file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND))
          .close();
    } catch (IOException | UnsupportedOperationException e) {
      problem(
          "UserLog",
          "the log %s cannot be written (%s); name another file, or make its folder"
              .formatted(file, reason(e)));
    }
  }

  private static String reason(Exception e) {
    return e.getClass().getSimpleName().replace("Exception", "");
  }

  private static Path path(ClassAd ad, String attribute) {
    return Path.of(ad.string(attribute).orElse("/"));
  }

  private void problem(String attribute, String text) {
    LogicalLine line = request.lineByAttribute().get(attribute);
    problems.add(line == null ? attribute + ": " + text : Draft.problem(line, text));
  }
}
