package io.urubu.schedd.rest;

import io.urubu.classad.ClassAd;
import io.urubu.command.PoolError;
import io.urubu.command.PoolException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * An error as a client of the API gets it (RFC 9457).
 *
 * @param status of HTTP
 * @param culprit what was wrong: a parameter, an id, a header
 * @param detail what is wrong with it
 * @param mend what to do about it
 */
record Problem(int status, PoolError code, String culprit, String detail, String mend) {
  static final String MEDIA_TYPE = "application/problem+json";

  private static final int MAX_TEXT = 1000;

  static Problem of(PoolException e, String culprit) {
    String text = String.valueOf(e.getMessage());
    int colon = text.lastIndexOf(": ");
    String mend = colon < 0 ? "see " + e.code().page() : text.substring(colon + 2);
    return new Problem(status(e.code()), e.code(), culprit, text, mend);
  }

  static Problem nothingAt(String path) {
    return new Problem(
        404,
        PoolError.REQUEST_INVALID,
        path,
        "there is nothing here",
        "see docs/openapi.yaml for what is served");
  }

  private static int status(PoolError code) {
    return switch (code) {
      case JOB_NOT_FOUND -> 404;
      case PERMISSION_DENIED -> 403;
      case SUBMIT_DESCRIPTION_INVALID,
          FILE_NOT_USABLE,
          EXPRESSION_INVALID,
          REQUEST_INVALID,
          LIMIT_EXCEEDED ->
          400;
      case DISK_FULL -> 507;
      case POOL_UNREACHABLE, DATABASE_UNAVAILABLE, MATCHMAKER_UNAVAILABLE -> 503;
      case VERSION_MISMATCH, START_FAILED, INTERNAL -> 500;
    };
  }

  /** Answers where no controller does. */
  void writeTo(HttpServletResponse response) throws IOException {
    response.setStatus(status);
    response.setContentType(MEDIA_TYPE);
    response.getOutputStream().write(toJson());
  }

  byte[] toJson() {
    return ClassAd.builder()
        .put("type", code.page())
        .put("title", code.name())
        .put("status", status)
        .put("detail", shortened(detail))
        .put("code", code.name())
        .put("culprit", shortened(culprit))
        .put("mend", shortened(mend))
        .build()
        .toJson()
        .getBytes(StandardCharsets.UTF_8);
  }

  private static String shortened(String text) {
    return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + "…";
  }
}
