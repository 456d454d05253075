package io.urubu.schedd.shadows;

import io.urubu.classad.ClassAd;
import io.urubu.protocol.id.RunRef;
import io.urubu.protocol.shadow.v1.AttachResponse;
import io.urubu.protocol.wire.v1.ShadowEndpoint;
import io.urubu.schedd.line.Line;
import io.urubu.schedd.queue.Generation;
import io.urubu.schedd.queue.HoldReason;
import io.urubu.schedd.queue.RunOutcome;
import java.util.List;

/** What shadows say on their streams. */
public sealed interface ShadowNews {
  Line<AttachResponse> line();

  /** A shadow is there. */
  record Attached(
      Line<AttachResponse> line,
      String user,
      ShadowEndpoint endpoint,
      long pid,
      List<RunRef> openRuns)
      implements ShadowNews {}

  record Admitted(Line<AttachResponse> line, RunRef run, ShadowEndpoint endpoint)
      implements ShadowNews {}

  record AdmitFailed(Line<AttachResponse> line, RunRef run, HoldReason reason)
      implements ShadowNews {}

  record Executing(Line<AttachResponse> line, RunRef run, ClassAd ad) implements ShadowNews {}

  record Usage(Line<AttachResponse> line, RunRef run, ClassAd ad) implements ShadowNews {}

  record Disconnected(Line<AttachResponse> line, RunRef run, String reason) implements ShadowNews {}

  record Reconnected(Line<AttachResponse> line, RunRef run) implements ShadowNews {}

  /** All processes of the job stand still. */
  record Suspended(Line<AttachResponse> line, RunRef run, ClassAd ad) implements ShadowNews {}

  record Continued(Line<AttachResponse> line, RunRef run) implements ShadowNews {}

  /** A checkpoint lies complete in the user's store and waits for the record. */
  record CheckpointPrepared(
      Line<AttachResponse> line, RunRef run, Generation generation, ClassAd ad)
      implements ShadowNews {}

  record CheckpointFailed(Line<AttachResponse> line, RunRef run, String reason)
      implements ShadowNews {}

  record Ended(Line<AttachResponse> line, RunRef run, RunOutcome outcome, ClassAd report)
      implements ShadowNews {}

  record LogWritten(Line<AttachResponse> line, String path, long sequence, long size)
      implements ShadowNews {}

  record LogFailed(Line<AttachResponse> line, String path, long sequence, String reason)
      implements ShadowNews {}

  /** The stream has ended, for whatever reason. */
  record Broken(Line<AttachResponse> line) implements ShadowNews {}
}
