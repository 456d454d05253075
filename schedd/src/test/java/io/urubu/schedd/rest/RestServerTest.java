package io.urubu.schedd.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.urubu.classad.ClassAd;
import io.urubu.command.PoolException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

@Tag("module")
final class RestServerTest {
  @SuppressWarnings("NullAway.Init") // set before all tests
  private static TestRest rest;

  @SuppressWarnings("NullAway.Init") // set before all tests
  private static String alice;

  @BeforeAll
  static void startServer(@TempDir Path folder) throws Exception {
    rest = new TestRest(folder);
    alice = rest.token("alice", "READ");
    rest.live.add(TestRest.job(1, 0, "alice", 1));
    rest.live.add(TestRest.job(1, 1, "alice", 2));
    rest.live.add(TestRest.job(2, 0, "bob", 5));
    rest.live.add(TestRest.job(10, 0, "alice", 1));
    rest.ended.add(TestRest.job(3, 0, "alice", 4));
    for (int slot = 1; slot <= 3; slot++) {
      rest.machines.add(
          ClassAd.builder().put("Name", "slot" + slot + "@ws").put("Memory", slot).build());
    }
  }

  @AfterAll
  static void stopServer() {
    rest.close();
  }

  private static List<String> ids(HttpResponse<String> response) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return list(response, "jobs").stream()
        .map(job -> job.get("ClusterId") + "." + job.get("ProcId"))
        .toList();
  }

  /** JSON is YAML. */
  private static Map<String, Object> read(HttpResponse<String> response) {
    return new Yaml().load(response.body());
  }

  @SuppressWarnings("unchecked") // what the API promises
  private static List<Map<String, Object>> list(HttpResponse<String> response, String name) {
    return (List<Map<String, Object>>) read(response).getOrDefault(name, List.of());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static void assertProblem(
      HttpResponse<String> response, int status, String code, String culprit) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type")).contains(Problem.MEDIA_TYPE);
    assertThat(read(response))
        .containsEntry("code", code)
        .containsEntry("culprit", culprit)
        .containsEntry("status", status)
        .containsKeys("type", "title", "detail", "mend");
  }

  @Test
  void aUserSeesItsOwnJobsAndAnAdministratorEverybodys() throws Exception {
    assertThat(ids(rest.get("/api/v1/jobs", alice))).containsExactly("1.0", "1.1", "10.0");
    assertThat(ids(rest.get("/api/v1/jobs?owner=bob", alice))).isEmpty();

    String administrator = rest.token("root", "ADMIN");

    assertThat(ids(rest.get("/api/v1/jobs", administrator)))
        .containsExactly("1.0", "1.1", "2.0", "10.0");
    assertThat(ids(rest.get("/api/v1/jobs?owner=bob", administrator))).containsExactly("2.0");
  }

  @Test
  void jobsAreFilteredByStateAndConstraint() throws Exception {
    assertThat(ids(rest.get("/api/v1/jobs?state=idle", alice))).containsExactly("1.0", "10.0");
    assertThat(ids(rest.get("/api/v1/jobs?constraint=" + encoded("ClusterId >= 10"), alice)))
        .containsExactly("10.0");
  }

  @Test
  void pagesFollowOneAnother() throws Exception {
    HttpResponse<String> first = rest.get("/api/v1/jobs?limit=2", alice);

    assertThat(ids(first)).containsExactly("1.0", "1.1");
    assertThat(read(first)).containsEntry("next", "1.1");

    HttpResponse<String> second = rest.get("/api/v1/jobs?limit=2&after=1.1", alice);

    assertThat(ids(second)).containsExactly("10.0");
    assertThat(second.body()).endsWith("\"next\":null}");
  }

  @Test
  void oneJobIsShownAlsoWhenItHasEnded() throws Exception {
    assertThat(read(rest.get("/api/v1/jobs/1.1", alice))).containsEntry("JobStatus", 2);
    assertThat(read(rest.get("/api/v1/jobs/3.0", alice))).containsEntry("JobStatus", 4);
    assertProblem(rest.get("/api/v1/jobs/2.0", alice), 404, "JOB_NOT_FOUND", "2.0");
    assertProblem(rest.get("/api/v1/jobs/x", alice), 400, "REQUEST_INVALID", "id");
  }

  @Test
  void machinesComeByConstraintAndPage() throws Exception {
    HttpResponse<String> some =
        rest.get("/api/v1/machines?limit=1&constraint=" + encoded("Memory > 1"), alice);

    assertThat(list(some, "machines")).extracting(ad -> ad.get("Name")).containsExactly("slot2@ws");
    assertThat(read(some)).containsEntry("next", "slot2@ws");
    assertThat(list(rest.get("/api/v1/machines?after=slot2@ws", alice), "machines"))
        .extracting(ad -> ad.get("Name"))
        .containsExactly("slot3@ws");
  }

  @Test
  void nobodyIsServedWithoutATokenThatReads() throws Exception {
    HttpResponse<String> none = rest.send(rest.request("/api/v1/jobs").build());

    assertProblem(none, 401, "PERMISSION_DENIED", "Authorization");
    assertThat(none.headers().firstValue("WWW-Authenticate")).isPresent();
    assertProblem(
        rest.get("/api/v1/jobs", "no.such.token"), 401, "PERMISSION_DENIED", "Authorization");
    assertProblem(rest.get("/nothing", "no.such.token"), 401, "PERMISSION_DENIED", "Authorization");
    assertProblem(
        rest.get("/api/v1/jobs", rest.token("alice", "SUBMIT")),
        403,
        "PERMISSION_DENIED",
        "Authorization");
  }

  @Test
  void wrongRequestsAreToldWhatIsWrong() throws Exception {
    assertProblem(rest.get("/api/v1/jobs?limit=0", alice), 400, "REQUEST_INVALID", "limit");
    assertProblem(rest.get("/api/v1/jobs?limit=1001", alice), 400, "REQUEST_INVALID", "limit");
    assertProblem(rest.get("/api/v1/jobs?state=happy", alice), 400, "REQUEST_INVALID", "state");
    assertProblem(rest.get("/api/v1/jobs?after=1", alice), 400, "REQUEST_INVALID", "after");
    assertProblem(rest.get("/api/v1/jobs?ower=bob", alice), 400, "REQUEST_INVALID", "ower");
    assertProblem(rest.get("/api/v1/jobs?limit=1&limit=2", alice), 400, "REQUEST_INVALID", "limit");
    assertProblem(
        rest.get("/api/v1/jobs?constraint=" + encoded("1 +"), alice),
        400,
        "EXPRESSION_INVALID",
        "constraint");
    assertProblem(rest.get("/api/v1/job", alice), 404, "REQUEST_INVALID", "/api/v1/job");
    HttpRequest post =
        rest.request("/api/v1/jobs")
            .header("Authorization", "Bearer " + alice)
            .POST(HttpRequest.BodyPublishers.ofString("{}"))
            .build();
    assertProblem(rest.send(post), 405, "REQUEST_INVALID", "/api/v1/jobs");
    HttpRequest html =
        rest.request("/api/v1/jobs")
            .header("Authorization", "Bearer " + alice)
            .header("Accept", "text/html")
            .build();
    assertThat(rest.send(html).statusCode()).isEqualTo(406);
  }

  @Test
  void aMatchmakerThatDoesNotAnswerIsSaidToBeAway() throws Exception {
    rest.isMatchmakerAway = true;
    try {
      assertProblem(
          rest.get("/api/v1/machines", alice), 503, "MATCHMAKER_UNAVAILABLE", "/api/v1/machines");
    } finally {
      rest.isMatchmakerAway = false;
    }
  }

  @Test
  void itListensOnTheLoopbackInterface() {
    assertThat(rest.server.address()).startsWith("127.0.0.1:");
  }

  @Test
  void onlyAnAdministratorMakesTokensForOthersOrWithMoreThanRead() throws Exception {
    TokenDesk desk = rest.server.tokens();
    ClassAd own = ClassAd.empty();
    ClassAd others = ClassAd.builder().put("Subject", "alice").build();
    ClassAd more = ClassAd.builder().put("Scopes", List.of("READ", "ADMIN")).build();

    String token = desk.create("bob", false, own).string("Token").orElseThrow();

    assertThat(ids(rest.get("/api/v1/jobs", token))).containsExactly("2.0");
    assertThatThrownBy(() -> desk.create("bob", false, others)).isInstanceOf(PoolException.class);
    assertThatThrownBy(() -> desk.create("bob", false, more)).isInstanceOf(PoolException.class);
    assertThatThrownBy(
            () ->
                desk.create(
                    "root", true, ClassAd.builder().put("LifetimeSeconds", 1L << 40).build()))
        .isInstanceOf(PoolException.class);
    assertThatThrownBy(
            () -> desk.create("root", true, ClassAd.builder().put("Scopes", List.of("X")).build()))
        .isInstanceOf(PoolException.class)
        .hasMessageContaining("'X' is no scope");
  }
}
