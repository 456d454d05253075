package io.urubu.starter.checkpoint;

import io.urubu.starter.scratch.RunFolders;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Tells programs that a preloaded library can save from those that would never load it. */
final class ProgramKind {
  private static final String SCRATCH = "/scratch/";
  private static final int MOST_INTERPRETERS = 4;
  private static final int HEAD_BYTES = 64;
  private static final int LINE_BYTES = 256;
  private static final int ELF = 0x7f454c46;
  private static final int MACHINE = System.getProperty("os.arch").equals("aarch64") ? 183 : 62;
  private static final int CLASS_64 = 2;
  private static final int MOST_SEGMENTS = 200;
  private static final int SEGMENT_BYTES = 56;
  private static final int INTERPRETER = 3;

  private final RunFolders folders;

  ProgramKind(RunFolders folders) {
    this.folders = folders;
  }

  /**
   * Empty when it can be saved, and when it cannot be told.
   *
   * @param program as the sandbox names it
   */
  Optional<String> whyUnsavable(String program) {
    String name = program;
    for (int i = 0; i < MOST_INTERPRETERS; i++) {
      try (SeekableByteChannel file = Files.newByteChannel(onHost(name))) {
        ByteBuffer head = read(file, 0, LINE_BYTES);
        if (head.remaining() >= Integer.BYTES && head.getInt(0) == ELF) {
          return whyUnsavable(name, file, head.order(ByteOrder.LITTLE_ENDIAN));
        }
        Optional<String> interpreter = interpreter(head);
        if (interpreter.isEmpty()) {
          return Optional.empty();
        }
        name = interpreter.get();
      } catch (IOException _) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  private Path onHost(String name) {
    return name.startsWith(SCRATCH)
        ? folders.scratch().resolve(name.substring(SCRATCH.length()))
        : Path.of(name);
  }

  private static Optional<String> whyUnsavable(
      String name, SeekableByteChannel file, ByteBuffer head) throws IOException {
    if (head.remaining() < HEAD_BYTES) {
      return Optional.of(name + " is no whole program");
    }
    if (head.get(4) != CLASS_64) {
      return Optional.of(name + " is a 32-bit program");
    }
    if (head.getShort(18) != MACHINE) {
      return Optional.of(name + " is made for another kind of machine");
    }
    long offset = head.getLong(32);
    int size = Short.toUnsignedInt(head.getShort(54));
    int count = Math.min(MOST_SEGMENTS, Short.toUnsignedInt(head.getShort(56)));
    for (int i = 0; i < count; i++) {
      ByteBuffer segment =
          read(file, offset + (long) i * size, SEGMENT_BYTES).order(ByteOrder.LITTLE_ENDIAN);
      if (segment.remaining() >= Integer.BYTES && segment.getInt(0) == INTERPRETER) {
        return Optional.empty();
      }
    }
    return Optional.of(name + " is statically linked (link it dynamically)");
  }

  /** Of {@code #!/usr/bin/env NAME} that program. */
  private static Optional<String> interpreter(ByteBuffer head) {
    String line = StandardCharsets.ISO_8859_1.decode(head.duplicate()).toString();
    if (!line.startsWith("#!")) {
      return Optional.empty();
    }
    List<String> words =
        Arrays.asList(line.substring(2).lines().findFirst().orElse("").strip().split("\\s+"));
    if (words.getFirst().endsWith("/env") && words.size() > 1 && !words.get(1).startsWith("-")) {
      return List.of("/usr/local/bin/", "/usr/bin/", "/bin/").stream()
          .map(folder -> folder + words.get(1))
          .filter(path -> Files.isExecutable(Path.of(path)))
          .findFirst();
    }
    return Optional.of(words.getFirst()).filter(word -> word.startsWith("/"));
  }

  private static ByteBuffer read(SeekableByteChannel file, long offset, int bytes)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(bytes);
    file.position(offset);
    while (buffer.hasRemaining() && file.read(buffer) >= 0) {
      // Until it is full or the file ends.
    }
    return buffer.flip();
  }
}
