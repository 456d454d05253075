package io.urubu.matchmaker.stream;

import io.grpc.Status;
import io.urubu.classad.ClassAdSyntaxException;
import io.urubu.matchmaker.collector.RefusedException;

/** How a refusal is told to a peer. */
public final class Refusals {
  private Refusals() {}

  public static Status status(RefusedException refused) {
    Status status =
        switch (refused.refusal()) {
          case INVALID -> Status.INVALID_ARGUMENT;
          case OUT_OF_STEP -> Status.FAILED_PRECONDITION;
          case TOO_MUCH -> Status.RESOURCE_EXHAUSTED;
          case REPLACED -> Status.ABORTED;
        };
    return status.withDescription(refused.getMessage());
  }

  public static Status invalid(ClassAdSyntaxException e) {
    return Status.INVALID_ARGUMENT.withDescription(e.getMessage());
  }

  public static Status invalid(String problem) {
    return Status.INVALID_ARGUMENT.withDescription(problem);
  }
}
