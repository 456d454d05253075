package io.urubu.schedd.queue;

/**
 * How far a user's event log is written.
 *
 * @param path of the log
 * @param written every event up to this one is in the file
 * @param size the file's size then; -1 before the first
 * @param last newest event that is meant for the file
 */
public record LogMark(String owner, String path, long written, long size, long last) {

  public boolean isBehind() {
    return written < last;
  }

  LogMark upTo(long sequence) {
    return new LogMark(owner, path, written, size, Math.max(last, sequence));
  }
}
