package io.urubu.starter.shadowlink;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.stub.BlockingClientCall;
import io.urubu.protocol.run.v1.Begin;
import io.urubu.protocol.run.v1.End;
import io.urubu.protocol.run.v1.OutputFile;
import io.urubu.protocol.run.v1.RunServiceGrpc;
import io.urubu.protocol.run.v1.StoreOutputRequest;
import io.urubu.protocol.run.v1.StoreOutputResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/** Gives one file to the shadow; from its beginning again when the connection broke. */
public final class OutputTransfer {
  private static final int PIECE_BYTES = 1 << 20;
  private static final long PIECE_SECONDS = 120;
  private static final int MOST_FAILURES = 20;

  private final ShadowLink link;

  private final BooleanSupplier isUnwanted;

  public OutputTransfer(ShadowLink link) {
    this(link, () -> false);
  }

  /**
   * A transfer that can be given up.
   *
   * @param isUnwanted asked now and then
   */
  public OutputTransfer(ShadowLink link, BooleanSupplier isUnwanted) {
    this.link = link;
    this.isUnwanted = isUnwanted;
  }

  /**
   * What the shadow is to know a file by.
   *
   * @param mode permission bits
   * @param checkpoint 0 for an output
   */
  public record Target(String name, int mode, int checkpoint) {
    private String what() {
      return checkpoint == 0
          ? "output '" + name + "'"
          : "'" + name + "' of checkpoint " + checkpoint;
    }
  }

  /** Opens the file anew for each attempt. */
  @FunctionalInterface
  public interface Source {
    SeekableByteChannel open() throws IOException;
  }

  /**
   * Stores one file; the shadow has it on return.
   *
   * @return what the run's Exited must name
   * @throws IOException when the file cannot be read here
   * @throws TransferException when the shadow does not take it
   */
  public OutputFile store(Target target, Source source)
      throws IOException, TransferException, LinkClosedException, InterruptedException {
    int failures = 0;
    while (true) {
      try (SeekableByteChannel from = source.open()) {
        return attempt(target, from);
      } catch (StatusException | TimeoutException e) {
        failures++;
        if (isUnwanted.getAsBoolean()) {
          throw new LinkClosedException(target.what() + " is not wanted any more");
        }
        Status status =
            e instanceof StatusException failed
                ? failed.getStatus()
                : Status.DEADLINE_EXCEEDED.withDescription("the shadow does not take it");
        if (!InputTransfer.isPassing(status) || failures > MOST_FAILURES) {
          throw new TransferException(
              target.what() + " cannot be stored: " + status.getDescription(),
              status.getCode() == Status.Code.INVALID_ARGUMENT);
        }
        link.pause(failures);
      }
    }
  }

  private OutputFile attempt(Target target, SeekableByteChannel from)
      throws IOException,
          StatusException,
          TimeoutException,
          LinkClosedException,
          InterruptedException {
    BlockingClientCall<StoreOutputRequest, StoreOutputResponse> call =
        RunServiceGrpc.newBlockingV2Stub(link.awaitOpen()).storeOutput();
    boolean isStored = false;
    try {
      write(call, StoreOutputRequest.newBuilder().setBegin(begin(target)).build());
      MessageDigest digest = sha256();
      long size = pour(from, call, digest);
      ByteString hash = ByteString.copyFrom(digest.digest());
      write(
          call,
          StoreOutputRequest.newBuilder()
              .setEnd(End.newBuilder().setSize(size).setSha256(hash))
              .build());
      call.halfClose();
      if (call.read(PIECE_SECONDS, TimeUnit.SECONDS) == null) {
        throw Status.UNAVAILABLE.withDescription("no answer to an output").asException();
      }
      isStored = true;
      return OutputFile.newBuilder().setName(target.name()).setSize(size).setSha256(hash).build();
    } finally {
      if (!isStored) {
        call.cancel("the output was not stored", null);
      }
    }
  }

  private Begin begin(Target target) {
    return Begin.newBuilder()
        .setRun(link.key().run().toProto())
        .setRunTicket(link.key().ticketBytes())
        .setName(target.name())
        .setMode(target.mode())
        .setCheckpoint(target.checkpoint())
        .build();
  }

  private long pour(
      SeekableByteChannel from,
      BlockingClientCall<StoreOutputRequest, StoreOutputResponse> call,
      MessageDigest digest)
      throws IOException,
          StatusException,
          TimeoutException,
          LinkClosedException,
          InterruptedException {
    long size = 0;
    ByteBuffer piece = ByteBuffer.allocate(PIECE_BYTES);
    while (from.read(piece.clear()) >= 0) {
      piece.flip();
      digest.update(piece.duplicate());
      size += piece.remaining();
      write(call, StoreOutputRequest.newBuilder().setData(ByteString.copyFrom(piece)).build());
      if (link.isClosing() || isUnwanted.getAsBoolean()) {
        throw new LinkClosedException("the run is being ended");
      }
    }
    return size;
  }

  private static void write(
      BlockingClientCall<StoreOutputRequest, StoreOutputResponse> call, StoreOutputRequest request)
      throws StatusException, TimeoutException, InterruptedException {
    if (!call.write(request, PIECE_SECONDS, TimeUnit.SECONDS)) {
      // The call has ended already: its status says why.
      call.read(PIECE_SECONDS, TimeUnit.SECONDS);
      throw Status.UNAVAILABLE.withDescription("the call ended early").asException();
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
