package io.urubu.schedd.rest;

import io.urubu.command.PoolError;
import io.urubu.command.PoolException;
import jakarta.servlet.http.HttpServletRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Turns whatever goes wrong into a problem. */
@RestControllerAdvice
final class ProblemAdvice {
  private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);

  @ExceptionHandler(Exception.class)
  ResponseEntity<byte[]> answer(Exception e, HttpServletRequest request) {
    Problem problem =
        switch (e) {
          case ProblemException known -> known.problem();
          case PoolException refused -> Problem.of(refused, culprit(refused, request));
          case ErrorResponse http -> http(http, request);
          default -> bug(e, request);
        };
    return ResponseEntity.status(problem.status())
        .contentType(MediaType.parseMediaType(Problem.MEDIA_TYPE))
        .body(problem.toJson());
  }

  private static String culprit(PoolException refused, HttpServletRequest request) {
    return refused.code() == PoolError.EXPRESSION_INVALID ? "constraint" : request.getRequestURI();
  }

  private static Problem http(ErrorResponse http, HttpServletRequest request) {
    int status = http.getStatusCode().value();
    String what =
        switch (status) {
          case 405 -> request.getMethod() + " is not served here";
          case 406 -> "only application/json is served here";
          default -> "the request cannot be served";
        };
    return new Problem(
        status,
        PoolError.REQUEST_INVALID,
        request.getRequestURI(),
        what,
        "see docs/openapi.yaml for what is served");
  }

  private static Problem bug(Exception e, HttpServletRequest request) {
    log.atError().addKeyValue("path", request.getRequestURI()).setCause(e).log("request failed");
    return new Problem(
        500,
        PoolError.INTERNAL,
        request.getRequestURI(),
        "the schedd failed to answer",
        "report this with the schedd's log");
  }
}
