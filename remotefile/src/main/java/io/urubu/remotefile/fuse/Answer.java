package io.urubu.remotefile.fuse;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The one answer to a request: given at once or later, by any thread. The program that asked waits
 * for it, even when it is killed. A second answer is a mistake of the handler.
 */
public final class Answer {
  private static final int ENTRY_BYTES = 40 + Attributes.BYTES;
  private static final int OPENED_BYTES = 16;
  private static final int STATISTICS_BYTES = 80;
  private static final int LONGEST_NAME = 255;
  private static final int BLOCK = 4096;

  private final long unique;
  private final Sink sink;
  private final AtomicBoolean isGiven = new AtomicBoolean();

  /** Where answers go. */
  interface Sink {
    void send(long unique, int error, ByteBuffer body);
  }

  Answer(long unique, Sink sink) {
    this.unique = unique;
    this.sink = sink;
  }

  public void refuse(Errno reason) {
    send(reason.number(), ByteBuffer.allocate(0));
  }

  /** Says that this is not known here, except where that would hide errors from programs. */
  public void unsupported(Request request) {
    if (request instanceof Request.Flush) {
      // After ENOSYS the kernel would never flush again: errors would be lost on close.
      done();
    } else {
      refuse(Errno.ENOSYS);
    }
  }

  public void done() {
    send(0, ByteBuffer.allocate(0));
  }

  /**
   * What a name stands for.
   *
   * @param nameValid how long the kernel may go on without asking for the name again
   * @param valid how long for the attributes
   */
  public void entry(Attributes attributes, Duration nameValid, Duration valid) {
    ByteBuffer body = body(ENTRY_BYTES);
    putEntry(body, attributes, nameValid, valid);
    send(0, body.flip());
  }

  private static void putEntry(
      ByteBuffer body, Attributes attributes, Duration nameValid, Duration valid) {
    body.putLong(attributes.node()).putLong(0);
    body.putLong(nameValid.toSeconds()).putLong(valid.toSeconds());
    body.putInt(nameValid.toNanosPart()).putInt(valid.toNanosPart());
    attributes.put(body);
  }

  public void attributes(Attributes attributes, Duration valid) {
    ByteBuffer body = body(16 + Attributes.BYTES);
    body.putLong(valid.toSeconds()).putInt(valid.toNanosPart()).putInt(0);
    attributes.put(body);
    send(0, body.flip());
  }

  /** A file or folder is open under that handle. */
  public void opened(long handle) {
    ByteBuffer body = body(OPENED_BYTES);
    putOpened(body, handle);
    send(0, body.flip());
  }

  private static void putOpened(ByteBuffer body, long handle) {
    body.putLong(handle).putInt(0).putInt(0);
  }

  /** A file was made and is open under that handle. */
  public void created(Attributes attributes, Duration nameValid, Duration valid, long handle) {
    ByteBuffer body = body(ENTRY_BYTES + OPENED_BYTES);
    putEntry(body, attributes, nameValid, valid);
    putOpened(body, handle);
    send(0, body.flip());
  }

  /** Bytes of a file: fewer than asked for mean its end. */
  public void data(ByteBuffer bytes) {
    send(0, bytes);
  }

  public void written(int bytes) {
    send(0, body(8).putInt(bytes).putInt(0).flip());
  }

  /** The text of a symbolic link, in the bytes that its chars stand for. */
  public void linkText(String text) {
    send(0, ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)));
  }

  /** As many of those as go into the size that was asked for; none mean the list's end. */
  public void folder(List<FolderEntry> entries, int size) {
    ByteBuffer body = body(entries.stream().mapToInt(FolderEntry::bytes).sum());
    for (FolderEntry entry : entries) {
      if (body.position() + entry.bytes() > size) {
        break;
      }
      entry.put(body);
    }
    send(0, body.flip());
  }

  /** How much room there is; in blocks of 4 KiB. */
  public void statistics(long blocks, long free, long files) {
    ByteBuffer body = body(STATISTICS_BYTES);
    body.putLong(blocks).putLong(free).putLong(free).putLong(files).putLong(0);
    body.putInt(BLOCK).putInt(LONGEST_NAME).putInt(BLOCK);
    send(0, body.rewind());
  }

  private static ByteBuffer body(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.nativeOrder());
  }

  private void send(int error, ByteBuffer body) {
    if (!isGiven.compareAndSet(false, true)) {
      throw new IllegalStateException("request " + unique + " was answered before");
    }
    sink.send(unique, error, body);
  }

  boolean isGiven() {
    return isGiven.get();
  }
}
