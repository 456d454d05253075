package io.urubu.daemon.rpc;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.urubu.protocol.wire.v1.Hello;
import java.util.Objects;

/** The greeting at the head of every stream. */
public final class Hellos {
  /** The protocol that this version speaks; the one before is accepted too. */
  public static final int PROTOCOL = 1;

  private static final int OLDEST = Math.max(1, PROTOCOL - 1);

  private Hellos() {}

  public static Hello mine() {
    return Hello.newBuilder().setProtocol(PROTOCOL).setSoftware(software()).build();
  }

  /** The version of this software, for people. */
  public static String software() {
    return Objects.requireNonNullElse(
        Hellos.class.getPackage().getImplementationVersion(), "development");
  }

  /** Refuses a peer that speaks neither this protocol nor the one before. */
  public static void check(Hello hello) {
    if (hello.getProtocol() < OLDEST || hello.getProtocol() > PROTOCOL) {
      throw refusal(hello);
    }
  }

  private static StatusRuntimeException refusal(Hello hello) {
    return Status.FAILED_PRECONDITION
        .withDescription(
            "VERSION_MISMATCH: the peer (%s) speaks protocol %d, this side (%s) speaks %d: update the older one"
                .formatted(hello.getSoftware(), hello.getProtocol(), software(), PROTOCOL))
        .asRuntimeException();
  }
}
