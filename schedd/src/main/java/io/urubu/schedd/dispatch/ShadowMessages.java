package io.urubu.schedd.dispatch;

import com.google.protobuf.ByteString;
import io.urubu.protocol.AdCodec;
import io.urubu.protocol.id.RunRef;
import io.urubu.protocol.shadow.v1.Admit;
import io.urubu.protocol.shadow.v1.AppendLog;
import io.urubu.protocol.shadow.v1.AttachResponse;
import io.urubu.protocol.shadow.v1.Attached;
import io.urubu.protocol.shadow.v1.CheckpointRecorded;
import io.urubu.protocol.shadow.v1.CloseRun;
import io.urubu.protocol.shadow.v1.Retire;
import io.urubu.protocol.shadow.v1.Settled;
import io.urubu.protocol.wire.v1.Generation;
import io.urubu.schedd.queue.History;
import io.urubu.schedd.queue.Job;
import io.urubu.schedd.queue.LogMark;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;

/** What is said to shadows. */
final class ShadowMessages {
  private ShadowMessages() {}

  static AttachResponse attached(Duration lease) {
    return AttachResponse.newBuilder()
        .setAttached(Attached.newBuilder().setLeaseSeconds((int) lease.toSeconds()))
        .build();
  }

  static AttachResponse admit(RunRef run, Job job, Duration lease) {
    return AttachResponse.newBuilder()
        .setAdmit(
            Admit.newBuilder()
                .setRun(run.toProto())
                .setJobAd(AdCodec.toProto(job.ad()))
                .setRunTicketSha256(ByteString.copyFrom(job.run().orElseThrow().ticket().sha256()))
                .setLeaseSeconds((int) lease.toSeconds())
                .addAllGenerations(
                    job.life().checkpoints().kept().stream()
                        .map(ShadowMessages::generation)
                        .toList()))
        .build();
  }

  private static Generation generation(io.urubu.schedd.queue.Generation generation) {
    return Generation.newBuilder()
        .setNumber(generation.number())
        .setRun(generation.run())
        .setBackend(generation.backend())
        .setPlatform(generation.platform())
        .setBytes(generation.bytes())
        .setCutAt(generation.cutAt().getEpochSecond())
        .setRecipeSha256(ByteString.copyFrom(HexFormat.of().parseHex(generation.recipeSha256())))
        .build();
  }

  static AttachResponse recorded(RunRef run, int generation, List<Integer> kept) {
    return recorded(run, generation, kept, true, "");
  }

  static AttachResponse notRecorded(RunRef run, int generation, List<Integer> kept, String reason) {
    return recorded(run, generation, kept, false, reason);
  }

  private static AttachResponse recorded(
      RunRef run, int generation, List<Integer> kept, boolean accepted, String reason) {
    return AttachResponse.newBuilder()
        .setCheckpointRecorded(
            CheckpointRecorded.newBuilder()
                .setRun(run.toProto())
                .setGeneration(generation)
                .setAccepted(accepted)
                .setReason(reason)
                .addAllKept(kept))
        .build();
  }

  static AttachResponse closeRun(RunRef run, String reason) {
    return AttachResponse.newBuilder()
        .setCloseRun(CloseRun.newBuilder().setRun(run.toProto()).setReason(reason))
        .build();
  }

  /** With {@code jobEnded} nothing of the job's checkpoints is needed any more. */
  static AttachResponse settled(RunRef run, boolean jobEnded) {
    return AttachResponse.newBuilder()
        .setSettled(Settled.newBuilder().setRun(run.toProto()).setJobEnded(jobEnded))
        .build();
  }

  static AttachResponse append(LogMark mark, History.Pending pending) {
    return AttachResponse.newBuilder()
        .setAppendLog(
            AppendLog.newBuilder()
                .setPath(mark.path())
                .setSequence(pending.sequence())
                .setExpectedOffset(mark.size())
                .setText(pending.text()))
        .build();
  }

  static AttachResponse retire() {
    return AttachResponse.newBuilder().setRetire(Retire.getDefaultInstance()).build();
  }
}
