package io.urubu.shadow.schedlink;

import io.urubu.classad.ClassAd;
import io.urubu.protocol.AdCodec;
import io.urubu.protocol.id.RunRef;
import io.urubu.protocol.shadow.v1.AdmitFailed;
import io.urubu.protocol.shadow.v1.Admitted;
import io.urubu.protocol.shadow.v1.AttachRequest;
import io.urubu.protocol.shadow.v1.CheckpointPrepared;
import io.urubu.protocol.shadow.v1.LogFailed;
import io.urubu.protocol.shadow.v1.LogWritten;
import io.urubu.protocol.shadow.v1.RunEnded;
import io.urubu.protocol.shadow.v1.RunNews;
import io.urubu.protocol.wire.v1.ShadowEndpoint;
import io.urubu.shadow.desk.ScheddVoice;
import io.urubu.shadow.runs.End;
import io.urubu.shadow.runs.Fault;
import io.urubu.shadow.runs.News;
import io.urubu.shadow.runs.Prepared;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** Speaks to the schedd through the stream of the moment; without one, what is said is dropped. */
public final class ScheddOutlet implements ScheddVoice {
  private final AtomicReference<Optional<ScheddSession>> current =
      new AtomicReference<>(Optional.empty());

  void use(ScheddSession session) {
    current.set(Optional.of(session));
  }

  void drop(ScheddSession session) {
    current.updateAndGet(held -> held.filter(it -> it != session));
  }

  void end() {
    current.get().ifPresent(session -> session.end("the shadow stops"));
  }

  private boolean send(AttachRequest request) {
    Optional<ScheddSession> session = current.get();
    session.ifPresent(to -> to.send(request));
    return session.isPresent();
  }

  @Override
  public void admitted(RunRef run) {
    current
        .get()
        .ifPresent(
            session -> {
              ShadowEndpoint endpoint = session.endpoint();
              session.send(
                  AttachRequest.newBuilder()
                      .setAdmitted(
                          Admitted.newBuilder().setRun(run.toProto()).setEndpoint(endpoint))
                      .build());
            });
  }

  @Override
  public void admitFailed(RunRef run, Fault fault) {
    send(
        AttachRequest.newBuilder()
            .setAdmitFailed(
                AdmitFailed.newBuilder()
                    .setRun(run.toProto())
                    .setHoldCode(fault.holdCode())
                    .setHoldSubcode(fault.holdSubcode())
                    .setReason(fault.reason()))
            .build());
  }

  @Override
  public void ended(RunRef run, End end) {
    RunEnded.Outcome outcome =
        switch (end.outcome()) {
          case EXITED -> RunEnded.Outcome.OUTCOME_EXITED;
          case CLOSED -> RunEnded.Outcome.OUTCOME_CLOSED;
          case MACHINE_FAILED -> RunEnded.Outcome.OUTCOME_MACHINE_FAILED;
          case USER_FAILED -> RunEnded.Outcome.OUTCOME_USER_FAILED;
          case LOST -> RunEnded.Outcome.OUTCOME_LOST;
        };
    send(
        AttachRequest.newBuilder()
            .setRunEnded(
                RunEnded.newBuilder()
                    .setRun(run.toProto())
                    .setOutcome(outcome)
                    .setAd(AdCodec.toProto(end.ad())))
            .build());
  }

  @Override
  public void prepared(Prepared prepared) {
    send(
        AttachRequest.newBuilder()
            .setCheckpointPrepared(
                CheckpointPrepared.newBuilder()
                    .setRun(prepared.run().toProto())
                    .setGeneration(Generations.toProto(prepared.generation()))
                    .setAd(AdCodec.toProto(prepared.ad())))
            .build());
  }

  @Override
  public boolean news(RunRef run, News kind, ClassAd ad) {
    RunNews.Kind wire =
        switch (kind) {
          case EXECUTING -> RunNews.Kind.KIND_EXECUTING;
          case DISCONNECTED -> RunNews.Kind.KIND_DISCONNECTED;
          case RECONNECTED -> RunNews.Kind.KIND_RECONNECTED;
          case USAGE -> RunNews.Kind.KIND_USAGE;
          case SUSPENDED -> RunNews.Kind.KIND_SUSPENDED;
          case CONTINUED -> RunNews.Kind.KIND_CONTINUED;
          case CHECKPOINT_FAILED -> RunNews.Kind.KIND_CHECKPOINT_FAILED;
        };
    return send(
        AttachRequest.newBuilder()
            .setRunNews(
                RunNews.newBuilder().setRun(run.toProto()).setKind(wire).setAd(AdCodec.toProto(ad)))
            .build());
  }

  void logWritten(String path, long sequence, long offset) {
    send(
        AttachRequest.newBuilder()
            .setLogWritten(
                LogWritten.newBuilder().setPath(path).setSequence(sequence).setOffset(offset))
            .build());
  }

  void logFailed(String path, long sequence, String reason) {
    send(
        AttachRequest.newBuilder()
            .setLogFailed(
                LogFailed.newBuilder().setPath(path).setSequence(sequence).setReason(reason))
            .build());
  }
}
