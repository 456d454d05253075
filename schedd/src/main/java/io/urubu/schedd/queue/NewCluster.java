package io.urubu.schedd.queue;

import io.urubu.classad.ClassAd;
import io.urubu.classad.ClassAdSyntaxException;
import io.urubu.command.PoolError;
import io.urubu.command.PoolException;
import io.urubu.protocol.id.JobId;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/** Checks a submission and makes its cluster and jobs. */
final class NewCluster {
  static final HoldReason ON_HOLD = new HoldReason(15, 0, "submitted on hold at user's request");

  private static final int MAX_ATTRIBUTES = 2000;
  private static final int MAX_AD_CHARACTERS = 4 << 20;
  private static final Pattern REQUEST_ID = Pattern.compile("[A-Za-z0-9._\\-]{1,100}");

  private NewCluster() {}

  static Cluster check(QueueSettings settings, Submission request, int number, Instant now)
      throws PoolException {
    if (!REQUEST_ID.matcher(request.requestId()).matches()) {
      throw invalid("RequestId must match " + REQUEST_ID);
    }
    if (request.jobs() < 1 || request.jobs() > settings.maxJobsPerSubmission()) {
      throw new PoolException(
          PoolError.LIMIT_EXCEEDED,
          "a submission of %d jobs: 1 to MAX_JOBS_PER_SUBMISSION (%d) are allowed: submit in parts"
              .formatted(request.jobs(), settings.maxJobsPerSubmission()));
    }
    checkSize(request.clusterAd());
    checkSize(request.template());
    checkTemplate(request, number);
    return new Cluster(
        settings.schedd(),
        number,
        request.owner(),
        request.owner() + "@" + settings.userDomain(),
        request.jobs(),
        withoutOurs(request.clusterAd()),
        withoutOurs(request.template()),
        now);
  }

  private static void checkSize(ClassAd ad) throws PoolException {
    if (ad.size() > MAX_ATTRIBUTES || ad.toString().length() > MAX_AD_CHARACTERS) {
      throw new PoolException(
          PoolError.LIMIT_EXCEEDED,
          "a job ad of %d attributes: %d attributes and %d characters are allowed: shorten it"
              .formatted(ad.size(), MAX_ATTRIBUTES, MAX_AD_CHARACTERS));
    }
  }

  /** Only digits differ from job to job: what parses for the first and the last parses for all. */
  private static void checkTemplate(Submission request, int number) throws PoolException {
    for (String name : request.template().names()) {
      String text =
          request
              .template()
              .string(name)
              .orElseThrow(() -> invalid("ProcTemplate: " + name + " is no string"));
      for (int proc : new int[] {0, request.jobs() - 1}) {
        try {
          ClassAd.builder().putExpression(name, JobAds.expression(new JobId(number, proc), text));
        } catch (ClassAdSyntaxException e) {
          throw new PoolException(
              PoolError.EXPRESSION_INVALID, "attribute " + name + ": " + e.getMessage(), e);
        }
      }
    }
  }

  private static ClassAd withoutOurs(ClassAd ad) {
    ClassAd.Builder rest = ad.toBuilder();
    ad.names().stream().filter(JobAds::isOurs).forEach(rest::remove);
    if (ad.integer("JobStatus").orElse(0) == 5) {
      rest.put("JobSubmittedOnHold", true);
    }
    return rest.build();
  }

  static Job job(Cluster cluster, int proc, Instant now) {
    JobId id = new JobId(cluster.number(), proc);
    ClassAd.Builder changes = ClassAd.builder();
    boolean onHold = cluster.ad().bool("JobSubmittedOnHold").orElse(false);
    if (onHold) {
      JobAttributes.held(changes, ON_HOLD);
    }
    JobState state = onHold ? new JobState.Held() : new JobState.Idle();
    return new Job(
        id, cluster, JobLife.FRESH.to(state), Optional.empty(), changes.build(), now, now);
  }

  private static PoolException invalid(String message) {
    return new PoolException(PoolError.REQUEST_INVALID, message);
  }
}
