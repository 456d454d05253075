package io.urubu.cli.submit;

import io.urubu.classad.ClassAd;
import io.urubu.cli.session.PoolConfig;
import io.urubu.cli.session.Refusal;
import io.urubu.cli.session.Session;
import io.urubu.command.PoolError;
import io.urubu.command.PoolException;
import io.urubu.config.Config;
import io.urubu.config.Knobs;
import io.urubu.submit.FileChecks;
import io.urubu.submit.Submission;
import io.urubu.submit.SubmitContext;
import io.urubu.submit.SubmitDescription;
import io.urubu.submit.SubmitException;
import io.urubu.submit.SubmitRequest;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "submit",
    description = "Submits the jobs of a submit description.",
    mixinStandardHelpOptions = true)
public final class SubmitCommand implements Callable<Integer> {
  private static final int ATTEMPTS = 2;
  private static final int MOST_DRY_JOBS = 1000;

  private final Session session;
  private final Supplier<String> requestIds;

  @Parameters(paramLabel = "FILE", description = "The submit description.")
  private String file = "";

  @Option(names = "--dry-run", description = "Prints the jobs' ads and submits nothing.")
  private boolean dryRun;

  @Option(names = "--json", description = "The clusters, as a JSON array.")
  private boolean json;

  @Option(names = "--terse", description = "The first and the last job of each cluster only.")
  private boolean terse;

  public SubmitCommand(Session session, Supplier<String> requestIds) {
    this.session = session;
    this.requestIds = requestIds;
  }

  @Override
  public Integer call() throws Exception {
    Config config = PoolConfig.load(session);
    SubmitContext context =
        new SubmitContext(
            Path.of("").toAbsolutePath(),
            session.environment(),
            config.get(Knobs.UID_DOMAIN),
            config.get(Knobs.JOB_DEFAULT_LEASE_DURATION),
            config.get(Knobs.MAX_JOBS_PER_SUBMISSION));
    Submission submission = plan(context);
    if (!terse) {
      warn(submission);
    }
    if (dryRun) {
      return dryRun(submission);
    }
    checkFiles(submission);
    int status = submission.requests().isEmpty() ? 0 : submit(submission);
    if (terse) {
      // Programs that read both outputs as one expect the numbers first.
      session.out().flush();
      warn(submission);
    }
    return status;
  }

  private void warn(Submission submission) {
    submission.warnings().forEach(warning -> session.err().println("WARNING: " + warning));
  }

  private Submission plan(SubmitContext context) throws PoolException {
    try {
      return SubmitDescription.parse(file, read()).plan(context);
    } catch (SubmitException e) {
      throw new PoolException(PoolError.SUBMIT_DESCRIPTION_INVALID, message(e), e);
    }
  }

  private String read() throws PoolException {
    try {
      return Files.readString(Path.of(file));
    } catch (NoSuchFileException e) {
      throw unusable("no such file; mend the name", e);
    } catch (CharacterCodingException e) {
      throw unusable("is no UTF-8 text; is it a submit description?", e);
    } catch (IOException | RuntimeException e) {
      throw unusable("cannot be read (" + e.getMessage() + ")", e);
    }
  }

  private PoolException unusable(String problem, Exception cause) {
    return new PoolException(PoolError.FILE_NOT_USABLE, file + ": " + problem, cause);
  }

  private static void checkFiles(Submission submission) throws PoolException {
    try {
      FileChecks.ofAll(submission);
    } catch (SubmitException e) {
      throw new PoolException(PoolError.FILE_NOT_USABLE, message(e), e);
    }
  }

  /** One problem stands on the line of its code; several stand below it. */
  private static String message(SubmitException e) {
    List<String> problems = e.problems();
    return problems.size() == 1
        ? problems.getFirst()
        : problems.size() + " problems\n" + String.join("\n", problems);
  }

  private int dryRun(Submission submission) throws PoolException {
    try {
      FileChecks.ofExecutables(submission);
    } catch (SubmitException e) {
      throw new PoolException(PoolError.FILE_NOT_USABLE, message(e), e);
    }
    List<ClassAd> ads = new ArrayList<>();
    long cluster = 0;
    for (SubmitRequest request : submission.requests()) {
      cluster++;
      for (long process = 0; process < Math.min(request.count(), MOST_DRY_JOBS); process++) {
        ads.add(
            request.ad(cluster, process).toBuilder()
                .put("ClusterId", cluster)
                .put("ProcId", process)
                .build());
      }
    }
    if (json) {
      session.printJson(ads);
    } else {
      ads.forEach(ad -> session.out().println(ad.toLines()));
    }
    return 0;
  }

  private int submit(Submission submission) throws IOException, PoolException {
    List<Cluster> clusters = new ArrayList<>();
    if (!json && !terse) {
      long jobs = submission.requests().stream().mapToLong(SubmitRequest::count).sum();
      session.out().println("Submitting job(s)" + ".".repeat((int) Math.min(jobs, 1000)));
      session.out().flush();
    }
    for (SubmitRequest request : submission.requests()) {
      Cluster cluster = submit(request);
      clusters.add(cluster);
      if (terse) {
        session.out().println(cluster.id() + ".0 - " + cluster.id() + "." + (cluster.jobs() - 1));
      } else if (!json) {
        session
            .out()
            .println(cluster.jobs() + " job(s) submitted to cluster " + cluster.id() + ".");
      }
    }
    if (json) {
      session.printJson(clusters.stream().map(Cluster::toAd).toList());
    }
    return 0;
  }

  private Cluster submit(SubmitRequest request) throws IOException, PoolException {
    ClassAd answer = send(request.toAd(requestIds.get()));
    Cluster cluster =
        new Cluster(
            answer.integer("ClusterId").orElseThrow(() -> new IOException("no ClusterId came")),
            answer.integer("Count").orElse(request.count()));
    try {
      FileChecks.makeLogs(request, cluster.id());
    } catch (SubmitException e) {
      // The jobs are in the queue all the same: this is no reason to say that they are not.
      session.err().println("WARNING: " + e.getMessage());
    }
    return cluster;
  }

  /**
   * Asks again when the answer was lost on the way: the request's id keeps it from counting twice.
   */
  private ClassAd send(ClassAd request) throws IOException, PoolException {
    for (int attempt = 1; ; attempt++) {
      try {
        return session.ask(request, item -> {});
      } catch (Refusal e) {
        throw e;
      } catch (EOFException e) {
        if (attempt == ATTEMPTS) {
          throw new Refusal(
              Refusal.UNREACHABLE,
              "POOL_UNREACHABLE: the schedd went away before it answered; whether the jobs are in"
                  + " the queue shows 'urubu q'");
        }
      }
    }
  }

  /** What the schedd made of one request. */
  private record Cluster(long id, long jobs) {
    ClassAd toAd() {
      return ClassAd.builder().put("ClusterId", id).put("Count", jobs).build();
    }
  }
}
