package io.urubu.schedd.rest;

import io.urubu.classad.ClassAd;
import io.urubu.command.PoolError;
import io.urubu.command.PoolException;
import io.urubu.protocol.id.JobId;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.MediaType;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Jobs, as far as the token's subject may see them. */
@RestController
final class JobsController {
  private static final Set<String> PARAMETERS =
      Set.of("owner", "state", "constraint", "limit", "after");

  /** JobStatus by the names that people use. */
  private static final Map<String, Long> STATUS_BY_NAME =
      Map.of(
          "idle", 1L, "running", 2L, "removed", 3L, "completed", 4L, "held", 5L, "suspended", 7L);

  private final RestSources sources;

  JobsController(RestSources sources) {
    this.sources = sources;
  }

  /** Jobs in the queue, in the order of their ids. */
  @GetMapping(path = "/api/v1/jobs", produces = MediaType.APPLICATION_JSON_VALUE)
  byte[] list(
      @RequestAttribute(TokenFilter.GRANT) Grant grant,
      @RequestParam MultiValueMap<String, String> query)
      throws PoolException {
    Parameters parameters = Parameters.of(query, PARAMETERS);
    Optional<String> owner = parameters.text("owner");
    Optional<Long> status = parameters.text("state").map(JobsController::status);
    Optional<JobId> after = parameters.text("after").map(text -> id("after", text));
    Page page = new Page("jobs", parameters.limit());
    sources
        .live()
        .read(
            question(grant, Optional.empty(), parameters.text("constraint")),
            ad -> {
              Optional<JobId> id = id(ad);
              boolean isWanted =
                  id.isPresent()
                      && after.map(last -> id.get().compareTo(last) > 0).orElse(true)
                      && owner.map(o -> ad.string("Owner").equals(Optional.of(o))).orElse(true)
                      && status.map(s -> ad.integer("JobStatus").orElse(0) == s).orElse(true);
              return !isWanted || page.add(id.get().toString(), ad);
            });
    return page.toJson();
  }

  /** One job, also when it has left the queue. */
  @GetMapping(path = "/api/v1/jobs/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
  byte[] one(@RequestAttribute(TokenFilter.GRANT) Grant grant, @PathVariable("id") String text)
      throws PoolException {
    JobId id = id("id", text);
    RestSources.Question question = question(grant, Optional.of(id.toString()), Optional.empty());
    ClassAd[] found = new ClassAd[1];
    sources.live().read(question, ad -> take(ad, found));
    if (found[0] == null) {
      sources.ended().read(question, ad -> take(ad, found));
    }
    if (found[0] == null) {
      throw new ProblemException(
          new Problem(
              404,
              PoolError.JOB_NOT_FOUND,
              id.toString(),
              "no such job, or not one of " + grant.subject(),
              "list the jobs at /api/v1/jobs"));
    }
    return found[0].toJson().getBytes(StandardCharsets.UTF_8);
  }

  private static boolean take(ClassAd ad, ClassAd[] found) {
    found[0] = ad;
    return false;
  }

  private static RestSources.Question question(
      Grant grant, Optional<String> id, Optional<String> constraint) {
    return new RestSources.Question(grant.subject(), grant.isAdministrator(), id, constraint);
  }

  private static Optional<JobId> id(ClassAd ad) {
    return JobId.parse(ad.integer("ClusterId").orElse(0) + "." + ad.integer("ProcId").orElse(-1));
  }

  private static JobId id(String culprit, String text) {
    return JobId.parse(text)
        .orElseThrow(
            () ->
                ProblemException.invalid(
                    culprit, "'" + text + "' is no job's id", "use CLUSTER.PROC, as 41.3"));
  }

  private static Long status(String text) {
    Long status = STATUS_BY_NAME.get(text.toLowerCase(Locale.ROOT));
    if (status == null) {
      throw ProblemException.invalid(
          "state",
          "'" + text + "' is no state",
          "use one of " + STATUS_BY_NAME.keySet().stream().sorted().toList());
    }
    return status;
  }
}
