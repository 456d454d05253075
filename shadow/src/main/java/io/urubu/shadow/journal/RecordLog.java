package io.urubu.shadow.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * A file of checksummed records behind a magic number and a version. What follows the last whole
 * record is the torn tail of a crash: nobody was told of it, and it is cut off.
 */
final class RecordLog implements AutoCloseable {
  static final int VERSION = 1;
  private static final byte[] MAGIC = "URUBUSHJ".getBytes(StandardCharsets.US_ASCII);
  private static final int HEADER = MAGIC.length + 4;
  private static final int MAX_RECORD = 128 << 20;

  private final FileChannel channel;
  private long size;

  private RecordLog(FileChannel channel, long size) {
    this.channel = channel;
    this.size = size;
  }

  /** What a file held. */
  record Content(RecordLog log, List<byte[]> records, long tornBytes) {}

  /** Reads the file and stands at its end. */
  static Content open(Path file) throws IOException {
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      checkHeader(file, channel);
      List<byte[]> records = new ArrayList<>();
      long end = HEADER;
      long length = channel.size();
      for (byte[] record = read(channel, end, length);
          record.length > 0;
          record = read(channel, end, length)) {
        records.add(record);
        end += 8L + record.length;
      }
      if (end < length) {
        channel.truncate(end);
        channel.force(true);
      }
      return new Content(new RecordLog(channel, end), records, length - end);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static void checkHeader(Path file, FileChannel channel) throws IOException {
    ByteBuffer header = ByteBuffer.allocate(HEADER);
    readAt(channel, header, 0);
    boolean whole = !header.hasRemaining();
    header.flip();
    if (!whole || !Arrays.equals(header.array(), 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      throw new JournalException(file + ": is not a shadow's journal; move it away to start anew");
    }
    int version = header.getInt(MAGIC.length);
    if (version != VERSION) {
      throw new JournalException(
          "%s: is of version %d, this shadow reads version %d; start the shadow that wrote it"
              .formatted(file, version, VERSION));
    }
  }

  /** Empty where no whole record begins. */
  private static byte[] read(FileChannel channel, long at, long end) throws IOException {
    if (end - at < 8) {
      return new byte[0];
    }
    ByteBuffer head = ByteBuffer.allocate(8);
    readAt(channel, head, at);
    head.flip();
    int length = head.getInt();
    int crc = head.getInt();
    if (length < 1 || length > MAX_RECORD || length > end - at - 8) {
      return new byte[0];
    }
    ByteBuffer record = ByteBuffer.allocate(length);
    readAt(channel, record, at + 8);
    return !record.hasRemaining() && crc(record.array()) == crc ? record.array() : new byte[0];
  }

  private static void readAt(FileChannel channel, ByteBuffer buffer, long at) throws IOException {
    long position = at;
    while (buffer.hasRemaining()) {
      int count = channel.read(buffer, position);
      if (count < 0) {
        return;
      }
      position += count;
    }
  }

  private static int crc(byte[] record) {
    CRC32C crc = new CRC32C();
    crc.update(record.length >>> 24);
    crc.update(record.length >>> 16);
    crc.update(record.length >>> 8);
    crc.update(record.length);
    crc.update(record);
    return (int) crc.getValue();
  }

  /** Puts a durable file with these records in the place of whatever is there. */
  static RecordLog replace(Path file, List<byte[]> records) throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    FileChannel channel =
        FileChannel.open(
            fresh,
            EnumSet.of(
                StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      RecordLog log = new RecordLog(channel, 0);
      log.write(ByteBuffer.allocate(HEADER).put(MAGIC).putInt(VERSION).flip());
      for (byte[] record : records) {
        log.append(record);
      }
      channel.force(true);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
      forceFolder(file.resolveSibling("."));
      return log;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static void forceFolder(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** Durable only after {@link #force}. */
  void append(byte[] record) throws IOException {
    if (record.length > MAX_RECORD) {
      throw new JournalException(
          "a journal entry of %d bytes, allowed are %d".formatted(record.length, MAX_RECORD));
    }
    write(
        ByteBuffer.allocate(8 + record.length)
            .putInt(record.length)
            .putInt(crc(record))
            .put(record)
            .flip());
  }

  private void write(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      size += channel.write(bytes, size);
    }
  }

  void force() throws IOException {
    channel.force(false);
  }

  long size() {
    return size;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
