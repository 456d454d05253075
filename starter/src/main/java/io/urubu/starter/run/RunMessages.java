package io.urubu.starter.run;

import io.urubu.classad.ClassAd;
import io.urubu.protocol.AdCodec;
import io.urubu.protocol.run.v1.CheckpointFailed;
import io.urubu.protocol.run.v1.CheckpointFile;
import io.urubu.protocol.run.v1.CheckpointTaken;
import io.urubu.protocol.run.v1.Continued;
import io.urubu.protocol.run.v1.Executing;
import io.urubu.protocol.run.v1.Exited;
import io.urubu.protocol.run.v1.Failed;
import io.urubu.protocol.run.v1.RunRequest;
import io.urubu.protocol.run.v1.Suspended;
import io.urubu.protocol.run.v1.Vacated;
import io.urubu.starter.checkpoint.Checkpointer;
import io.urubu.starter.checkpoint.Taken;
import io.urubu.starter.sandbox.ProgramEnd;
import io.urubu.starter.sandbox.Usage;
import java.time.Duration;
import java.util.List;

/** What a run says to its shadow. */
final class RunMessages {
  private static final int LONGEST_REASON = 2000;

  private RunMessages() {}

  static RunRequest executing(RunOrder order, String backend, String folder, long diskBytes) {
    ClassAd ad =
        ClassAd.builder()
            .put("SlotName", order.slotName())
            .put("CondorScratchDir", folder)
            .put("CheckpointBackend", backend)
            .put("Cpus", order.cpus())
            .put("Disk", diskBytes >> 10)
            .put("Memory", order.memoryMegabytes())
            .build();
    return RunRequest.newBuilder()
        .setExecuting(Executing.newBuilder().setAd(AdCodec.toProto(ad)))
        .build();
  }

  /** The attributes by which users know what their job takes. */
  static ClassAd usage(Usage usage, long diskBytes, Duration wallClock) {
    return ClassAd.builder()
        .put("RemoteUserCpu", usage.user().toMillis() / 1000.0)
        .put("RemoteSysCpu", usage.system().toMillis() / 1000.0)
        .put("ResidentSetSize", usage.residentBytes() >> 10)
        .put("ImageSize", usage.virtualBytes() >> 10)
        .put("DiskUsage", diskBytes >> 10)
        .put("NumPids", usage.processes())
        .put("RemoteWallClockTime", wallClock.toMillis() / 1000.0)
        .build();
  }

  static RunRequest usage(ClassAd usage) {
    return RunRequest.newBuilder()
        .setUsage(io.urubu.protocol.run.v1.Usage.newBuilder().setAd(AdCodec.toProto(usage)))
        .build();
  }

  static RunRequest end(RunEnd end, ClassAd usage, StoredOutputs stored) {
    return switch (end) {
      case RunEnd.Exited(var program) -> exited(program, usage, stored);
      case RunEnd.Failed failed ->
          RunRequest.newBuilder()
              .setFailed(
                  Failed.newBuilder()
                      .setUserFault(failed.isUserFault())
                      .setHoldCode(failed.holdCode())
                      .setFailedGeneration(failed.generation())
                      .setDamaged(failed.isDamaged())
                      .setReason(bounded(failed.reason())))
              .build();
      case RunEnd.Vacated(var reason, var code, var isCheckpointed) ->
          RunRequest.newBuilder()
              .setVacated(
                  Vacated.newBuilder()
                      .setReason(bounded(reason))
                      .setCode(bounded(code))
                      .setCheckpointed(isCheckpointed)
                      .setAd(AdCodec.toProto(usage)))
              .build();
    };
  }

  static RunRequest suspended(String reason, int processes) {
    return RunRequest.newBuilder()
        .setSuspended(Suspended.newBuilder().setReason(bounded(reason)).setProcesses(processes))
        .build();
  }

  static RunRequest continued() {
    return RunRequest.newBuilder().setContinued(Continued.getDefaultInstance()).build();
  }

  static RunRequest checkpointFailed(String reason) {
    return RunRequest.newBuilder()
        .setCheckpointFailed(CheckpointFailed.newBuilder().setReason(bounded(reason)))
        .build();
  }

  /**
   * A checkpoint's files are at the shadow.
   *
   * @param usage up to its cut
   */
  static RunRequest taken(
      Checkpointer checkpointer,
      Taken taken,
      List<CheckpointFile> files,
      ClassAd usage,
      boolean isLeaving) {
    return RunRequest.newBuilder()
        .setCheckpointTaken(
            CheckpointTaken.newBuilder()
                .setNumber(taken.number())
                .setBackend(checkpointer.backend().label())
                .setPlatform(checkpointer.platform())
                .setCutAt(taken.cut().getEpochSecond())
                .setTookMillis(taken.took().toMillis())
                .addAllFiles(files)
                .setAd(AdCodec.toProto(usage))
                .setLeaving(isLeaving))
        .build();
  }

  private static RunRequest exited(ProgramEnd program, ClassAd usage, StoredOutputs stored) {
    ClassAd.Builder ad = usage.toBuilder();
    switch (program) {
      case ProgramEnd.Exited(var code) -> ad.put("ExitBySignal", false).put("ExitCode", code);
      case ProgramEnd.Signalled(var signal) ->
          ad.put("ExitBySignal", true).put("ExitSignal", signal);
      case ProgramEnd.Unstarted _, ProgramEnd.Broken _ ->
          throw new IllegalStateException("not an exit: " + program);
    }
    if (!stored.skipped().isEmpty()) {
      ad.put("OutputWarnings", stored.skipped());
    }
    return RunRequest.newBuilder()
        .setExited(
            Exited.newBuilder().setAd(AdCodec.toProto(ad.build())).addAllOutputs(stored.files()))
        .build();
  }

  private static String bounded(String reason) {
    return reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON);
  }
}
