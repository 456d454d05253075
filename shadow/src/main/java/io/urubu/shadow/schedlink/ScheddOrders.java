package io.urubu.shadow.schedlink;

import io.urubu.classad.ClassAdSyntaxException;
import io.urubu.protocol.AdCodec;
import io.urubu.protocol.id.RunRef;
import io.urubu.protocol.shadow.v1.Admit;
import io.urubu.protocol.shadow.v1.AppendLog;
import io.urubu.protocol.shadow.v1.CheckpointRecorded;
import io.urubu.protocol.shadow.v1.CloseRun;
import io.urubu.protocol.shadow.v1.Settled;
import io.urubu.protocol.wire.v1.RunId;
import io.urubu.shadow.desk.Lanes;
import io.urubu.shadow.desk.RunDesk;
import io.urubu.shadow.eventlog.EventLog;
import io.urubu.shadow.runs.Fault;
import io.urubu.shadow.runs.Run;
import io.urubu.shadow.runs.Sha256;
import io.urubu.shadow.runs.Verdict;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Passes the schedd's orders on. {@code done} is run when an order has been carried out. */
final class ScheddOrders {
  private static final Logger log = LoggerFactory.getLogger(ScheddOrders.class);

  private final String schedd;
  private final RunDesk desk;
  private final Lanes lanes;
  private final ScheddOutlet outlet;

  /** The texts for one file are appended one after the other. */
  private record LogLane(String path) {}

  ScheddOrders(String schedd, RunDesk desk, Lanes lanes, ScheddOutlet outlet) {
    this.schedd = schedd;
    this.desk = desk;
    this.lanes = lanes;
    this.outlet = outlet;
  }

  void admit(Admit admit, Runnable done) {
    withRun(admit.getRun(), done, run -> admit(run, admit));
  }

  private void admit(RunRef ref, Admit admit) {
    try {
      desk.admit(
          new Run(
              ref,
              AdCodec.fromProto(admit.getJobAd()),
              Sha256.of(admit.getRunTicketSha256().toByteArray()),
              Duration.ofSeconds(Integer.toUnsignedLong(admit.getLeaseSeconds())),
              admit.getGenerationsList().stream().map(Generations::fromProto).toList()));
    } catch (ClassAdSyntaxException | IllegalArgumentException e) {
      log.atWarn().addKeyValue("run", ref).setCause(e).log("the schedd's order makes no sense");
      outlet.admitFailed(
          ref, Fault.of(Fault.INPUT, "the job's ad cannot be read: " + e.getMessage()));
    }
  }

  void close(CloseRun close, Runnable done) {
    withRun(close.getRun(), done, run -> desk.close(run, close.getReason()));
  }

  void settled(Settled settled, Runnable done) {
    withRun(settled.getRun(), done, run -> desk.settled(run, settled.getJobEnded()));
  }

  void recorded(CheckpointRecorded recorded, Runnable done) {
    withRun(
        recorded.getRun(),
        done,
        run ->
            desk.recorded(
                new Verdict(
                    run,
                    recorded.getGeneration(),
                    recorded.getAccepted(),
                    recorded.getReason(),
                    recorded.getKeptList())));
  }

  private void withRun(RunId id, Runnable done, Consumer<RunRef> order) {
    Optional<RunRef> run = RunRef.fromProto(id).filter(ref -> ref.schedd().equals(schedd));
    if (run.isEmpty()) {
      log.atWarn().addKeyValue("schedd", schedd).log("the schedd speaks of a run not its own");
      done.run();
      return;
    }
    order.accept(run.get());
    desk.after(run.get(), done);
  }

  void append(AppendLog append, Runnable done) {
    lanes.submit(
        new LogLane(append.getPath()),
        () -> {
          write(append);
          done.run();
        });
  }

  private void write(AppendLog append) {
    try {
      long end =
          EventLog.append(Path.of(append.getPath()), append.getExpectedOffset(), append.getText());
      outlet.logWritten(append.getPath(), append.getSequence(), end);
    } catch (IOException | InvalidPathException e) {
      log.atWarn()
          .addKeyValue("file", append.getPath())
          .addKeyValue("reason", e.toString())
          .log("event log not written");
      outlet.logFailed(append.getPath(), append.getSequence(), e.toString());
    }
  }
}
