package io.urubu.shadow.schedlink;

import com.google.protobuf.ByteString;
import io.urubu.shadow.runs.Generation;
import io.urubu.shadow.runs.Sha256;

/** Committed checkpoints on the wire. */
final class Generations {
  private Generations() {}

  static io.urubu.protocol.wire.v1.Generation toProto(Generation generation) {
    return io.urubu.protocol.wire.v1.Generation.newBuilder()
        .setNumber(generation.number())
        .setRun(generation.run())
        .setBackend(generation.backend())
        .setPlatform(generation.platform())
        .setBytes(generation.bytes())
        .setCutAt(generation.cutAt())
        .setRecipeSha256(ByteString.copyFrom(generation.recipe().bytes()))
        .build();
  }

  /**
   * Reads what a schedd sent.
   *
   * @throws IllegalArgumentException when the hash is none
   */
  static Generation fromProto(io.urubu.protocol.wire.v1.Generation message) {
    return new Generation(
        message.getNumber(),
        message.getRun(),
        message.getBackend(),
        message.getPlatform(),
        message.getBytes(),
        message.getCutAt(),
        Sha256.of(message.getRecipeSha256().toByteArray()));
  }
}
