package io.urubu.checkpoint;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Checkpoints to be stored, and what must be read back. */
final class StoreFixture {
  static final JobName JOB = new JobName("schedd@host", 41, 3);
  static final Cut CUT = new Cut(2, "dmtcp", "x86_64 glibc-2.36 100%", 1_763_700_000L);

  private StoreFixture() {}

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Three files that tell one checkpoint from another. */
  static Map<String, byte[]> content(int seed) {
    Map<String, byte[]> content = new TreeMap<>();
    content.put("scratch.tar", bytes("scratch of " + seed));
    content.put("ckpt_a job ü%.dmtcp", bytes(("image of " + seed + "\n").repeat(1000)));
    content.put("empty", new byte[0]);
    return content;
  }

  static List<StoredFile> list(Map<String, byte[]> content) {
    List<StoredFile> files = new ArrayList<>();
    content.forEach(
        (name, bytes) -> files.add(new StoredFile(name, bytes.length, Hashes.of(bytes))));
    return files;
  }

  static void store(CheckpointStore store, int number, Map<String, byte[]> content)
      throws UnfitException, StoreException {
    for (Map.Entry<String, byte[]> file : content.entrySet()) {
      store(store, number, file.getKey(), file.getValue());
    }
  }

  static void store(CheckpointStore store, int number, String name, byte[] content)
      throws UnfitException, StoreException {
    StagedFile file = store.begin(JOB, CUT.run(), number, name);
    file.write(ByteBuffer.wrap(content));
    file.settle();
    file.finish(content.length, Hashes.of(content));
  }

  /** A whole checkpoint, from the first file to the generation. */
  static Prepared take(CheckpointStore store, int number, int seed)
      throws UnfitException, StoreException {
    store(store, number, content(seed));
    return store.prepare(JOB, number, CUT, list(content(seed)), 0);
  }

  static Map<String, byte[]> read(StoredGeneration generation) throws Exception {
    Map<String, byte[]> content = new TreeMap<>();
    for (int i = 0; i < generation.recipe().files().size(); i++) {
      try (PartReader reader = generation.read(i, 0)) {
        ByteBuffer whole = ByteBuffer.allocate(1 << 20);
        for (byte[] piece = reader.next(); piece.length > 0; piece = reader.next()) {
          whole.put(piece);
        }
        byte[] bytes = new byte[whole.flip().remaining()];
        whole.get(bytes);
        content.put(generation.recipe().files().get(i).name(), bytes);
      }
    }
    return content;
  }
}
