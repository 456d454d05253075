package io.urubu.starter.live;

import com.google.protobuf.ByteString;
import io.urubu.protocol.run.v1.CheckpointCommitted;
import io.urubu.protocol.run.v1.CheckpointFile;
import io.urubu.protocol.run.v1.CheckpointRefused;
import io.urubu.protocol.run.v1.CheckpointTaken;
import io.urubu.protocol.run.v1.Restore;
import io.urubu.protocol.run.v1.RunResponse;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A shadow's checkpoints for tests: checks what it is told, keeps the newest, gives it back. */
final class FakeStore {
  private final Map<Integer, Map<String, byte[]>> filesByNumber = new ConcurrentHashMap<>();
  private final AtomicInteger generation = new AtomicInteger();
  private volatile Optional<CheckpointTaken> newest = Optional.empty();
  private volatile Optional<Restore> restore = Optional.empty();
  private volatile List<ByteString> restored = List.of();

  void put(int number, String name, byte[] content) {
    filesByNumber.computeIfAbsent(number, _ -> new ConcurrentHashMap<>()).put(name, content);
  }

  /** As a new shadow that knows nothing. */
  void forget() {
    filesByNumber.clear();
  }

  /** The newest that is committed; 0 for none. */
  int generation() {
    return generation.get();
  }

  RunResponse commit(CheckpointTaken taken) {
    for (CheckpointFile file : taken.getFilesList()) {
      byte[] content = filesByNumber.getOrDefault(taken.getNumber(), Map.of()).get(file.getName());
      if (content == null
          || content.length != file.getSize()
          || !sha256(content).equals(file.getSha256())) {
        return RunResponse.newBuilder()
            .setCheckpointRefused(
                CheckpointRefused.newBuilder()
                    .setNumber(taken.getNumber())
                    .setReason("'" + file.getName() + "' is not here"))
            .build();
      }
    }
    newest = Optional.of(taken);
    return RunResponse.newBuilder()
        .setCheckpointCommitted(
            CheckpointCommitted.newBuilder()
                .setNumber(taken.getNumber())
                .setGeneration(generation.incrementAndGet()))
        .build();
  }

  /** From now on runs go on from the newest checkpoint of that store. */
  void restoreFrom(FakeStore other) {
    CheckpointTaken taken = other.newest.orElseThrow();
    Map<String, byte[]> files =
        java.util.Objects.requireNonNull(other.filesByNumber.get(taken.getNumber()));
    List<ByteString> contents = new ArrayList<>();
    for (CheckpointFile file : taken.getFilesList()) {
      contents.add(
          ByteString.copyFrom(java.util.Objects.requireNonNull(files.get(file.getName()))));
    }
    restored = contents;
    generation.set(other.generation());
    restore =
        Optional.of(
            Restore.newBuilder()
                .setGeneration(other.generation())
                .setBackend(taken.getBackend())
                .setPlatform(taken.getPlatform())
                .addAllFiles(taken.getFilesList())
                .build());
  }

  /** One bit of the first file is another. */
  void damage() {
    byte[] bytes = restored.getFirst().toByteArray();
    bytes[bytes.length / 2] ^= 0x10;
    List<ByteString> all = new ArrayList<>(restored);
    all.set(0, ByteString.copyFrom(bytes));
    restored = all;
  }

  /** It was taken elsewhere. */
  void platform(String platform) {
    restore = restore.map(it -> it.toBuilder().setPlatform(platform).build());
  }

  Optional<Restore> restore() {
    return restore;
  }

  ByteString file(int index) {
    return restored.get(index);
  }

  private static ByteString sha256(byte[] content) {
    try {
      return ByteString.copyFrom(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
