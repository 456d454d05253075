package io.urubu.schedd;

import com.google.protobuf.ByteString;
import io.urubu.classad.ClassAd;
import io.urubu.protocol.wire.v1.Generation;
import io.urubu.protocol.wire.v1.RunId;

/** Checkpoints as shadows speak of them. */
final class Saved {
  private Saved() {}

  static Generation generation(int number, RunId run) {
    return Generation.newBuilder()
        .setNumber(number)
        .setRun(run.getRun())
        .setBackend("dmtcp")
        .setPlatform("x86")
        .setBytes(23_000_000)
        .setCutAt(1_795_000_000L + number)
        .setRecipeSha256(
            ByteString.copyFrom(new byte[] {(byte) number, (byte) run.getRun()})
                .concat(ByteString.copyFrom(new byte[30])))
        .build();
  }

  static ClassAd restartFailed(int generation, boolean damaged, String reason) {
    return ClassAd.builder()
        .put("FailedGeneration", generation)
        .put("Damaged", damaged)
        .put("Reason", reason)
        .build();
  }
}
