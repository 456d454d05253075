package io.urubu.cli.eventlog;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A job event log that others write while it is read. An entry is given when it is complete. A log
 * that was cut short, or replaced by another file, is read from its beginning.
 */
public final class EventLog implements Closeable {
  private static final int PIECE = 1 << 16;
  private static final String END = "...";

  private final Path file;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private final StringBuilder entry = new StringBuilder();
  private FileChannel channel;
  private Optional<Object> identity;

  private EventLog(Path file, FileChannel channel, Optional<Object> identity) {
    this.file = file;
    this.channel = channel;
    this.identity = identity;
  }

  /**
   * Opens it at its beginning.
   *
   * @throws NoSuchFileException when it is not there
   */
  public static EventLog open(Path file) throws IOException {
    return new EventLog(file, FileChannel.open(file), identity(file));
  }

  /** What has come since the last call, in the order of the log. */
  public List<LogEvent> more() throws IOException {
    List<LogEvent> events = new ArrayList<>();
    if (channel.size() < channel.position()) {
      channel.position(0);
      forget();
    }
    read(events);
    if (isReplaced()) {
      FileChannel next = FileChannel.open(file);
      channel.close();
      channel = next;
      identity = identity(file);
      forget();
      read(events);
    }
    return events;
  }

  private void forget() {
    line.reset();
    entry.setLength(0);
  }

  private void read(List<LogEvent> events) throws IOException {
    ByteBuffer piece = ByteBuffer.allocate(PIECE);
    while (channel.read(piece.clear()) > 0) {
      piece.flip();
      while (piece.hasRemaining()) {
        byte next = piece.get();
        if (next == '\n') {
          endLine(events);
        } else {
          line.write(next);
        }
      }
    }
  }

  private void endLine(List<LogEvent> events) {
    String text = line.toString(StandardCharsets.UTF_8);
    line.reset();
    if (!text.stripTrailing().equals(END)) {
      entry.append(text).append('\n');
      return;
    }
    LogEvent.parse(entry.toString()).ifPresent(events::add);
    entry.setLength(0);
  }

  private boolean isReplaced() throws IOException {
    try {
      return !Objects.equals(identity, identity(file));
    } catch (NoSuchFileException _) {
      // Whoever moves a log away makes the new one a moment later.
      return false;
    }
  }

  private static Optional<Object> identity(Path file) throws IOException {
    return Optional.ofNullable(Files.readAttributes(file, BasicFileAttributes.class).fileKey());
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
