package io.urubu.shadow.serve;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.urubu.protocol.id.RunRef;
import io.urubu.protocol.wire.v1.RunId;
import io.urubu.shadow.desk.RunDesk;
import io.urubu.shadow.desk.ServedRun;

/** What the calls of starters have in common. */
record Calls(RunDesk desk) {
  static final Status FENCED =
      Status.PERMISSION_DENIED.withDescription("the run has no rights here any more");

  /** The run of that ticket; the same answer for any that cannot be served. */
  ServedRun served(RunId run, ByteString ticket) {
    return RunRef.fromProto(run)
        .flatMap(ref -> desk.serving(ref, ticket.toByteArray()))
        .orElseThrow(FENCED::asRuntimeException);
  }
}
