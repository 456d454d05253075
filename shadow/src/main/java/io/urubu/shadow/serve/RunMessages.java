package io.urubu.shadow.serve;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.urubu.checkpoint.Recipe;
import io.urubu.checkpoint.StoredFile;
import io.urubu.classad.ClassAd;
import io.urubu.classad.ClassAdSyntaxException;
import io.urubu.protocol.AdCodec;
import io.urubu.protocol.id.RunRef;
import io.urubu.protocol.run.v1.CheckpointCommitted;
import io.urubu.protocol.run.v1.CheckpointFailed;
import io.urubu.protocol.run.v1.CheckpointFile;
import io.urubu.protocol.run.v1.CheckpointRefused;
import io.urubu.protocol.run.v1.CheckpointTaken;
import io.urubu.protocol.run.v1.Exited;
import io.urubu.protocol.run.v1.Failed;
import io.urubu.protocol.run.v1.InputFile;
import io.urubu.protocol.run.v1.OutputFile;
import io.urubu.protocol.run.v1.Restore;
import io.urubu.protocol.run.v1.RunRequest;
import io.urubu.protocol.run.v1.RunResponse;
import io.urubu.protocol.run.v1.Suspended;
import io.urubu.protocol.run.v1.Vacated;
import io.urubu.protocol.wire.v1.Ad;
import io.urubu.shadow.desk.RunDesk;
import io.urubu.shadow.runs.Answer;
import io.urubu.shadow.runs.End;
import io.urubu.shadow.runs.Fault;
import io.urubu.shadow.runs.News;
import io.urubu.shadow.runs.Sha256;
import io.urubu.shadow.runs.StreamId;
import io.urubu.shadow.runs.Taken;
import io.urubu.shadow.transfer.InputItem;
import io.urubu.shadow.transfer.OutputStore;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A starter's messages in the shadow's own terms; what makes no sense is refused here. */
final class RunMessages {
  private static final int MAX_REASON = 2000;
  private static final int MAX_WORD = 500;
  private static final int MAX_AD_BYTES = 64 << 10;

  private RunMessages() {}

  static void pass(RunDesk desk, RunRef run, StreamId stream, RunRequest request) {
    switch (request.getMessageCase()) {
      case EXECUTING -> desk.news(run, stream, News.EXECUTING, ad(request.getExecuting().getAd()));
      case USAGE -> desk.news(run, stream, News.USAGE, ad(request.getUsage().getAd()));
      case EXITED -> {
        Exited exited = request.getExited();
        desk.exited(run, stream, ad(exited.getAd()), outputs(exited.getOutputsList()));
      }
      case FAILED -> desk.ended(run, stream, end(request.getFailed()));
      case VACATED -> desk.ended(run, stream, end(request.getVacated()));
      case HEARTBEAT -> desk.heartbeatAnswered(run, stream);
      case CHECKPOINT_FAILED ->
          desk.news(run, stream, News.CHECKPOINT_FAILED, because(request.getCheckpointFailed()));
      case SUSPENDED -> desk.news(run, stream, News.SUSPENDED, stillness(request.getSuspended()));
      case CONTINUED -> desk.news(run, stream, News.CONTINUED, ClassAd.empty());
      case CHECKPOINT_TAKEN -> desk.taken(run, stream, taken(request.getCheckpointTaken()));
      case HELLO, OPEN, MESSAGE_NOT_SET -> throw new IllegalArgumentException("no news of a run");
    }
  }

  private static ClassAd because(CheckpointFailed failed) {
    return ClassAd.builder().put("Reason", bounded(failed.getReason())).build();
  }

  private static ClassAd stillness(Suspended suspended) {
    return ClassAd.builder()
        .put("Reason", bounded(suspended.getReason()))
        .put("NumPids", suspended.getProcesses())
        .build();
  }

  private static End end(Failed failed) {
    String reason = bounded(failed.getReason());
    if (failed.getUserFault()) {
      return new Fault(failed.getHoldCode(), failed.getHoldSubcode(), reason).end();
    }
    return failed.getFailedGeneration() == 0
        ? End.because(End.Outcome.MACHINE_FAILED, reason)
        : End.unrestored(failed.getFailedGeneration(), failed.getDamaged(), reason);
  }

  private static End end(Vacated vacated) {
    ClassAd.Builder ad =
        ad(vacated.getAd()).toBuilder()
            .put("Reason", bounded(vacated.getReason()))
            .put("Checkpointed", vacated.getCheckpointed());
    if (!vacated.getCode().isEmpty()) {
      ad.put("VacateCode", bounded(vacated.getCode()));
    }
    return new End(End.Outcome.CLOSED, ad.build());
  }

  private static String bounded(String reason) {
    return reason.length() <= MAX_REASON ? reason : reason.substring(0, MAX_REASON) + "…";
  }

  private static ClassAd ad(Ad message) {
    if (message.getSerializedSize() > MAX_AD_BYTES) {
      // It goes on to the schedd, whose stream an unbounded one could break again and again.
      throw invalid(
          "an ad of %d bytes, allowed are %d".formatted(message.getSerializedSize(), MAX_AD_BYTES));
    }
    try {
      return AdCodec.fromProto(message);
    } catch (ClassAdSyntaxException e) {
      throw invalid(e.getMessage());
    }
  }

  private static List<OutputStore.Named> outputs(List<OutputFile> files) {
    if (files.size() > OutputStore.MAX_OUTPUTS) {
      throw invalid("%d outputs, allowed are %d".formatted(files.size(), OutputStore.MAX_OUTPUTS));
    }
    List<OutputStore.Named> named = new ArrayList<>();
    for (OutputFile file : files) {
      named.add(
          new OutputStore.Named(
              file.getName(), file.getSize(), sha256(file.getSha256().toByteArray())));
    }
    return named;
  }

  private static Taken taken(CheckpointTaken taken) {
    if (taken.getFilesCount() > Recipe.MAX_FILES) {
      throw invalid(
          "a checkpoint of %d files, allowed are %d"
              .formatted(taken.getFilesCount(), Recipe.MAX_FILES));
    }
    if (taken.getNumber() < 1 || taken.getTookMillis() < 0) {
      throw invalid("no checkpoint has the number " + taken.getNumber());
    }
    List<Taken.Named> files = new ArrayList<>();
    for (CheckpointFile file : taken.getFilesList()) {
      files.add(
          new Taken.Named(file.getName(), file.getSize(), sha256(file.getSha256().toByteArray())));
    }
    ClassAd ad =
        ad(taken.getAd()).toBuilder()
            .put("CheckpointSeconds", taken.getTookMillis() / 1000.0)
            .put("Leaving", taken.getLeaving())
            .build();
    return new Taken(
        taken.getNumber(),
        word(taken.getBackend()),
        word(taken.getPlatform()),
        taken.getCutAt(),
        files,
        ad);
  }

  private static String word(String text) {
    if (text.length() > MAX_WORD) {
      throw invalid("'%s…' is too long".formatted(text.substring(0, MAX_WORD)));
    }
    return text;
  }

  /** The checkpoint from which a job goes on. */
  static Restore restore(Recipe recipe) {
    Restore.Builder restore =
        Restore.newBuilder()
            .setGeneration(recipe.generation())
            .setBackend(recipe.cut().backend())
            .setPlatform(recipe.cut().platform());
    for (StoredFile file : recipe.files()) {
      restore.addFiles(
          CheckpointFile.newBuilder()
              .setName(file.name())
              .setSize(file.size())
              .setSha256(ByteString.fromHex(file.sha256())));
    }
    return restore.build();
  }

  static RunResponse answer(Answer answer) {
    RunResponse.Builder response = RunResponse.newBuilder();
    if (answer.isCommitted()) {
      response.setCheckpointCommitted(
          CheckpointCommitted.newBuilder()
              .setNumber(answer.taken())
              .setGeneration(answer.generation()));
    } else {
      response.setCheckpointRefused(
          CheckpointRefused.newBuilder().setNumber(answer.taken()).setReason(answer.reason()));
    }
    return response.build();
  }

  static Sha256 sha256(byte[] bytes) {
    try {
      return Sha256.of(bytes);
    } catch (IllegalArgumentException e) {
      throw invalid(e.getMessage());
    }
  }

  static StatusRuntimeException invalid(@Nullable String text) {
    return Status.INVALID_ARGUMENT.withDescription(text).asRuntimeException();
  }

  static InputFile input(int index, InputItem item) {
    return InputFile.newBuilder()
        .setIndex(index)
        .setPath(item.path())
        .setKind(item.isFolder() ? InputFile.Kind.KIND_DIRECTORY : InputFile.Kind.KIND_FILE)
        .setSize(item.size())
        .setMode(item.mode())
        .build();
  }
}
