package io.urubu.schedd.rest;

import io.urubu.classad.ClassAd;
import io.urubu.classad.ClassAdSyntaxException;
import io.urubu.classad.Expression;
import io.urubu.command.PoolError;
import io.urubu.command.PoolException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** A server of the API over a handful of ads, and a client. */
final class TestRest implements AutoCloseable {
  final List<ClassAd> live = new ArrayList<>();
  final List<ClassAd> ended = new ArrayList<>();
  final List<ClassAd> machines = new ArrayList<>();
  boolean isMatchmakerAway;

  final RestServer server;
  private final HttpClient client = HttpClient.newHttpClient();

  TestRest(Path folder) throws IOException {
    server =
        RestServer.start(
            new RestSettings(
                0,
                "schedd@host",
                folder.resolve("state/token.key"),
                folder.resolve("http"),
                InstantSource.system(),
                new SecureRandom()),
            new RestSources(
                (question, reader) -> read(live, question, reader),
                (question, reader) -> read(ended, question, reader),
                (constraint, reader) -> {
                  if (isMatchmakerAway) {
                    throw new PoolException(
                        PoolError.MATCHMAKER_UNAVAILABLE,
                        "the matchmaker does not answer: try again later");
                  }
                  Predicate<ClassAd> wanted = wanted(Optional.of(constraint));
                  machines.stream().filter(wanted).forEach(reader);
                }));
  }

  private static void read(
      List<ClassAd> ads, RestSources.Question question, Predicate<ClassAd> reader)
      throws PoolException {
    Predicate<ClassAd> wanted = wanted(question.constraint());
    for (ClassAd ad : ads) {
      boolean isVisible =
          question.isAdministrator() || ad.string("Owner").equals(Optional.of(question.account()));
      String id = ad.integer("ClusterId").orElseThrow() + "." + ad.integer("ProcId").orElseThrow();
      if (isVisible
          && question.id().map(id::equals).orElse(true)
          && wanted.test(ad)
          && !reader.test(ad)) {
        return;
      }
    }
  }

  private static Predicate<ClassAd> wanted(Optional<String> constraint) throws PoolException {
    if (constraint.isEmpty() || constraint.get().isEmpty()) {
      return _ -> true;
    }
    try {
      Expression expression = Expression.parse(constraint.get());
      return ad -> expression.isTrue(ad, ClassAd.empty());
    } catch (ClassAdSyntaxException e) {
      throw new PoolException(PoolError.EXPRESSION_INVALID, e.getMessage() + ": correct it", e);
    }
  }

  static ClassAd job(int cluster, int proc, String owner, int status) {
    return ClassAd.builder()
        .put("ClusterId", cluster)
        .put("ProcId", proc)
        .put("Owner", owner)
        .put("JobStatus", status)
        .build();
  }

  String token(String subject, String scope) throws PoolException {
    ClassAd request =
        ClassAd.builder()
            .put("Subject", subject)
            .put("Scopes", List.of(scope))
            .put("LifetimeSeconds", 600)
            .build();
    return server.tokens().create("root", true, request).string("Token").orElseThrow();
  }

  HttpResponse<String> get(String path, String token) throws Exception {
    return send(request(path).header("Authorization", "Bearer " + token).build());
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://" + server.address() + path))
        .timeout(Duration.ofSeconds(30));
  }

  HttpResponse<String> send(HttpRequest request) throws Exception {
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  @Override
  public void close() {
    client.close();
    server.close();
  }
}
