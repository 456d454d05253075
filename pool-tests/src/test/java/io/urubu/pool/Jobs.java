package io.urubu.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.urubu.classad.ClassAd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Submits scripts to a pool and waits for their end. */
final class Jobs {
  private static final Duration END = Duration.ofMinutes(2);
  private static final Pattern SUBMITTED = Pattern.compile("submitted to cluster (\\d+)\\.");

  private final PoolUnderTest pool;

  Jobs(PoolUnderTest pool) {
    this.pool = pool;
  }

  /** Writes {@code job.sh} and {@code job.sub} into the folder and submits them. */
  long submit(Path work, String script, String lines) throws IOException {
    Files.createDirectories(work);
    Path program = work.resolve("job.sh");
    Files.writeString(program, script);
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.writeString(
        work.resolve("job.sub"), "executable = job.sh\nrequest_memory = 16\n" + lines);
    Cli.Result result = pool.cli(work, "submit", "job.sub");
    assertThat(result.status()).as(result.toString()).isZero();
    Matcher matcher = SUBMITTED.matcher(result.out());
    assertThat(matcher.find()).as(result.out()).isTrue();
    return Long.parseLong(matcher.group(1));
  }

  /** The cluster's job ads once all of them have left the queue. */
  List<ClassAd> awaitEnd(long cluster, int count) throws Exception {
    Await.until(
        count + " jobs of cluster " + cluster + " ended",
        END,
        () -> of(cluster, pool.jobs(true)).size() == count);
    return of(cluster, pool.jobs(true));
  }

  /** Waits until a job of the cluster has that state. */
  ClassAd awaitStatus(long cluster, long status) throws Exception {
    Await.until(
        "cluster " + cluster + " has status " + status,
        END,
        () -> withStatus(cluster, status).size() == 1);
    return withStatus(cluster, status).getFirst();
  }

  private List<ClassAd> withStatus(long cluster, long status) throws IOException {
    return of(cluster, pool.jobs(false)).stream()
        .filter(ad -> ad.integer("JobStatus").orElse(0) == status)
        .toList();
  }

  static List<ClassAd> of(long cluster, List<ClassAd> ads) {
    return ads.stream()
        .filter(ad -> ad.integer("ClusterId").orElse(0) == cluster)
        .sorted(java.util.Comparator.comparing(ad -> ad.integer("ProcId").orElse(0)))
        .toList();
  }
}
