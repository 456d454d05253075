package io.urubu.starter.shadowlink;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.urubu.protocol.run.v1.FetchInputRequest;
import io.urubu.protocol.run.v1.FetchInputResponse;
import io.urubu.protocol.run.v1.InputFile;
import io.urubu.protocol.run.v1.RunServiceGrpc;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;

/**
 * Fetches one file of the shadow into an open file here; goes on where it stopped when the
 * connection broke.
 */
public final class InputTransfer {
  /** A call that takes longer is broken off, and goes on from where it is. */
  private static final long CALL_MINUTES = 10;

  /** So often a file may change under our hands, or a call fail without bringing a byte. */
  private static final int MOST_FAILURES = 20;

  private final ShadowLink link;

  public InputTransfer(ShadowLink link) {
    this.link = link;
  }

  /**
   * A file of the shadow.
   *
   * @param what the file for people, such as {@code input 'a'}
   * @param index its number among the inputs, or among the generation's files
   * @param generation 0 for an input
   */
  public record Wanted(String what, int index, int generation, long size) {
    public static Wanted input(InputFile input) {
      return new Wanted("input '" + input.getPath() + "'", input.getIndex(), 0, input.getSize());
    }
  }

  /**
   * Fetches what is missing of it; the file is complete on return.
   *
   * @throws IOException when the file cannot be written here
   * @throws TransferException when the shadow cannot give what it announced
   */
  public void fetch(Wanted input, Sink into)
      throws IOException, TransferException, LinkClosedException, InterruptedException {
    int failures = 0;
    while (into.position() < input.size()) {
      long before = into.position();
      try {
        fetchFrom(input, into);
        if (into.position() < input.size()) {
          throw Status.ABORTED.withDescription("it became shorter").asRuntimeException();
        }
      } catch (StatusRuntimeException e) {
        failures = into.position() > before ? 1 : failures + 1;
        if (!isPassing(e.getStatus()) || failures > MOST_FAILURES) {
          throw new TransferException(
              input.what() + " cannot be fetched: " + e.getStatus(),
              e.getStatus().getCode() == Status.Code.DATA_LOSS);
        }
        if (e.getStatus().getCode() == Status.Code.ABORTED) {
          into.restart();
        }
        link.pause(failures);
      }
    }
  }

  private void fetchFrom(Wanted input, Sink into)
      throws IOException, TransferException, LinkClosedException, InterruptedException {
    FetchInputRequest request =
        FetchInputRequest.newBuilder()
            .setRun(link.key().run().toProto())
            .setRunTicket(link.key().ticketBytes())
            .setIndex(input.index())
            .setGeneration(input.generation())
            .setOffset(into.position())
            .build();
    Iterator<FetchInputResponse> pieces =
        RunServiceGrpc.newBlockingStub(link.awaitOpen())
            .withDeadlineAfter(CALL_MINUTES, TimeUnit.MINUTES)
            .fetchInput(request);
    while (pieces.hasNext()) {
      ByteBuffer data = pieces.next().getData().asReadOnlyByteBuffer();
      if (into.position() + data.remaining() > input.size()) {
        throw new TransferException(
            "%s is longer than the %d bytes that were announced"
                .formatted(input.what(), input.size()),
            input.generation() > 0);
      }
      into.write(data);
      if (link.isClosing()) {
        throw new LinkClosedException("the run is being ended");
      }
    }
  }

  static boolean isPassing(Status status) {
    return switch (status.getCode()) {
      case UNAVAILABLE, UNAUTHENTICATED, CANCELLED, ABORTED, DEADLINE_EXCEEDED, UNKNOWN, INTERNAL ->
          true;
      default -> false;
    };
  }
}
