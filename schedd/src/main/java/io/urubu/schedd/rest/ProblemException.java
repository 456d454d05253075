package io.urubu.schedd.rest;

import io.urubu.command.PoolError;

/** Ends the serving of a request with a problem. */
final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  ProblemException(Problem problem) {
    super(problem.detail());
    this.problem = problem;
  }

  static ProblemException invalid(String culprit, String detail, String mend) {
    return new ProblemException(new Problem(400, PoolError.REQUEST_INVALID, culprit, detail, mend));
  }

  Problem problem() {
    return problem;
  }
}
