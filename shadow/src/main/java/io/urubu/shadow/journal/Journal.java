package io.urubu.shadow.journal;

import io.urubu.shadow.runs.JobCheckpoints;
import io.urubu.shadow.runs.JobRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The durable truth about the user's runs. An entry is on the disk when {@link #append} returns;
 * entries that come at the same time share one fsync. Any thread may append.
 */
public final class Journal implements AutoCloseable {
  private static final long COMPACT_FROM_BYTES = 1 << 20;

  private final Path file;
  private final FolderLock lock;
  private final List<Recovered> recovered;
  private final Map<JobRef, JobCheckpoints> recoveredCheckpoints;
  private final long tornBytes;
  private final ReentrantLock writing = new ReentrantLock();
  private final ReentrantLock forcing = new ReentrantLock();

  /** Guarded by writing; replaced with both locks held. */
  private RecordLog log;

  /** Guarded by writing. */
  private final LiveRuns live;

  /** Guarded by writing. */
  private long written;

  /** Guarded by forcing. */
  private long forced;

  /** Guarded by writing. */
  private long compactAt;

  /** Once something could not be made durable, nothing more is: what the disk holds is unknown. */
  private volatile boolean isBroken;

  private Journal(Path file, FolderLock lock, RecordLog log, LiveRuns live, long tornBytes) {
    this.file = file;
    this.lock = lock;
    this.log = log;
    this.live = live;
    this.recovered = live.recovered();
    this.recoveredCheckpoints = live.checkpoints();
    this.tornBytes = tornBytes;
    this.compactAt = Math.max(COMPACT_FROM_BYTES, 2 * log.size());
  }

  /**
   * Takes the folder for this process and reads what earlier ones left.
   *
   * @throws JournalException when another shadow lives on the folder, or the file is of another
   *     version
   */
  public static Journal open(Path folder) throws IOException {
    Files.createDirectories(folder);
    FolderLock lock = FolderLock.take(folder);
    try {
      Path file = folder.resolve("journal");
      LiveRuns live = new LiveRuns();
      long torn = 0;
      if (Files.exists(file)) {
        RecordLog.Content content = RecordLog.open(file);
        content.log().close();
        content.records().forEach(record -> live.apply(EntryCodec.decode(record)));
        torn = content.tornBytes();
      }
      // Written anew at each start: as short as can be, and every byte known to be good.
      return new Journal(file, lock, RecordLog.replace(file, encoded(live)), live, torn);
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  private static List<byte[]> encoded(LiveRuns live) {
    return live.entries().stream().map(EntryCodec::encode).toList();
  }

  /** The runs that were not settled when this process started. */
  public List<Recovered> recovered() {
    return recovered;
  }

  /** What was known of checkpoints when this process started. */
  public Map<JobRef, JobCheckpoints> recoveredCheckpoints() {
    return recoveredCheckpoints;
  }

  /** How many bytes of a torn tail were cut off at the start. */
  public long tornBytes() {
    return tornBytes;
  }

  /**
   * Returns when the entry is durable.
   *
   * @throws JournalException when it cannot be: nothing more may be answered then
   */
  public void append(JournalEntry entry) {
    if (isBroken) {
      throw new JournalException(file + ": could not be written before");
    }
    byte[] record = EntryCodec.encode(entry);
    try {
      force(write(entry, record));
    } catch (IOException e) {
      isBroken = true;
      throw new JournalException("%s: cannot be written: %s".formatted(file, e.getMessage()), e);
    }
  }

  private long write(JournalEntry entry, byte[] record) throws IOException {
    writing.lock();
    try {
      log.append(record);
      live.apply(entry);
      return ++written;
    } finally {
      writing.unlock();
    }
  }

  private void force(long number) throws IOException {
    forcing.lock();
    try {
      if (forced >= number) {
        return;
      }
      long upTo;
      RecordLog current;
      writing.lock();
      try {
        if (log.size() > compactAt) {
          compact();
        }
        upTo = written;
        current = log;
      } finally {
        writing.unlock();
      }
      current.force();
      forced = upTo;
    } finally {
      forcing.unlock();
    }
  }

  private void compact() throws IOException {
    RecordLog before = log;
    log = RecordLog.replace(file, encoded(live));
    compactAt = Math.max(COMPACT_FROM_BYTES, 2 * log.size());
    before.close();
  }

  @Override
  public void close() throws IOException {
    forcing.lock();
    writing.lock();
    try {
      log.close();
    } finally {
      writing.unlock();
      forcing.unlock();
      lock.close();
    }
  }
}
