package io.urubu.starter.run;

import io.urubu.classad.ClassAd;
import io.urubu.protocol.run.v1.CheckpointFile;
import io.urubu.protocol.run.v1.OutputFile;
import io.urubu.starter.checkpoint.CheckpointException;
import io.urubu.starter.checkpoint.Checkpointer;
import io.urubu.starter.checkpoint.Taken;
import io.urubu.starter.sandbox.SandboxProcess;
import io.urubu.starter.scratch.GenerationFiles;
import io.urubu.starter.shadowlink.LinkClosedException;
import io.urubu.starter.shadowlink.OutputTransfer;
import io.urubu.starter.shadowlink.ShadowLink;
import io.urubu.starter.shadowlink.TransferException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes a run's checkpoints and gives them to the shadow, each on threads of its own. */
final class CheckpointWork implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(CheckpointWork.class);
  private static final int PLAIN = 0600;
  private static final long CLOSE_SECONDS = 20;

  private final Checkpointer checkpointer;
  private final ShadowLink link;
  private final BoxedProgram boxed;
  private final Supplier<ClassAd> usage;
  private final Consumer<RunEvent> run;

  private final ExecutorService takes =
      Executors.newSingleThreadExecutor(Thread.ofVirtual().name("checkpoint").factory());
  private final ExecutorService removals =
      Executors.newSingleThreadExecutor(Thread.ofVirtual().name("checkpoint-removal").factory());

  private final ReentrantLock lock = new ReentrantLock();

  /** Guarded by lock, as below. */
  private final Map<Integer, Upload> uploadByNumber = new HashMap<>();

  private boolean isClosed;

  /**
   * The checkpoints of one run.
   *
   * @param usage what the job has used up to now
   * @param run told of what became of them
   */
  CheckpointWork(
      Checkpointer checkpointer,
      ShadowLink link,
      BoxedProgram boxed,
      Supplier<ClassAd> usage,
      Consumer<RunEvent> run) {
    this.checkpointer = checkpointer;
    this.link = link;
    this.boxed = boxed;
    this.usage = usage;
    this.run = run;
  }

  Checkpointer checkpointer() {
    return checkpointer;
  }

  private interface Deed {
    Taken take() throws CheckpointException, InterruptedException;
  }

  void take(int number, Duration limit) {
    begin(number, () -> takeRunning(number, limit));
  }

  private Taken takeRunning(int number, Duration limit)
      throws CheckpointException, InterruptedException {
    Optional<SandboxProcess> process = boxed.running();
    if (process.isEmpty()) {
      throw new CheckpointException("the program has ended");
    }
    return checkpointer.take(process.get(), number, limit);
  }

  void takeAtRest(int number) {
    begin(number, () -> checkpointer.takeAtRest(number));
  }

  private void begin(int number, Deed deed) {
    lock.lock();
    try {
      if (!isClosed) {
        takes.execute(() -> take(number, deed));
      }
    } finally {
      lock.unlock();
    }
  }

  private void take(int number, Deed deed) {
    try {
      Taken taken = deed.take();
      boxed.measure();
      log.atInfo()
          .addKeyValue("run", link.run())
          .addKeyValue("number", number)
          .addKeyValue("bytes", taken.bytes())
          .addKeyValue("millis", taken.took().toMillis())
          .log("took a checkpoint");
      keep(new Upload(taken, usage.get()));
      run.accept(new RunEvent.Taken(number));
    } catch (CheckpointException | RuntimeException e) {
      log.atInfo()
          .addKeyValue("run", link.run())
          .addKeyValue("number", number)
          .setCause(e)
          .log("a checkpoint failed");
      run.accept(new RunEvent.TakeFailed(number, String.valueOf(e.getMessage())));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void keep(Upload upload) {
    lock.lock();
    try {
      uploadByNumber.put(upload.taken.number(), upload);
    } finally {
      lock.unlock();
    }
  }

  private Optional<Upload> upload(int number) {
    lock.lock();
    try {
      return isClosed ? Optional.empty() : Optional.ofNullable(uploadByNumber.get(number));
    } finally {
      lock.unlock();
    }
  }

  /** Gives the files to who serves the run now, unless it has them, and says so. */
  void send(int number, boolean isLeaving) {
    upload(number)
        .filter(upload -> upload.wake(isLeaving))
        .ifPresent(
            upload -> Thread.ofVirtual().name("checkpoint-upload").start(() -> send(upload)));
  }

  private void send(Upload upload) {
    int number = upload.taken.number();
    try {
      while (upload.isAwake()) {
        int epoch = link.epoch();
        if (upload.storedIn != epoch) {
          upload.files = store(upload);
          upload.storedIn = epoch;
        }
        // Who opened the run meanwhile may not have what the one before was given.
        if (!link.send(
            RunMessages.taken(
                checkpointer, upload.taken, upload.files, upload.usage, upload.isLeaving()),
            epoch)) {
          upload.wake(false);
        }
      }
    } catch (LinkClosedException _) {
      // The run is being ended, or the checkpoint is not wanted any more.
    } catch (TransferException | IOException | RuntimeException e) {
      run.accept(
          new RunEvent.UploadFailed(
              number, "checkpoint %d cannot be stored: %s".formatted(number, e.getMessage())));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private List<CheckpointFile> store(Upload upload)
      throws IOException, TransferException, LinkClosedException, InterruptedException {
    OutputTransfer transfer = new OutputTransfer(link, () -> upload.isUnwanted);
    List<CheckpointFile> files = new ArrayList<>();
    for (String name : upload.taken.files()) {
      OutputFile stored =
          transfer.store(
              new OutputTransfer.Target(name, PLAIN, upload.taken.number()),
              () -> GenerationFiles.open(upload.taken.folder(), name));
      files.add(
          CheckpointFile.newBuilder()
              .setName(name)
              .setSize(stored.getSize())
              .setSha256(stored.getSha256())
              .build());
    }
    return files;
  }

  /** Ends its upload and removes its files. */
  void discard(int number) {
    lock.lock();
    try {
      Upload upload = uploadByNumber.remove(number);
      if (upload != null) {
        upload.isUnwanted = true;
      }
      if (!isClosed) {
        removals.execute(() -> checkpointer.discard(number));
      }
    } finally {
      lock.unlock();
    }
  }

  /** The bytes of a checkpoint, and how long it took; empty when it is gone. */
  Optional<Taken> taken(int number) {
    return upload(number).map(upload -> upload.taken);
  }

  /** Nothing of it goes on after this. */
  @Override
  public void close() {
    lock.lock();
    try {
      isClosed = true;
      uploadByNumber.values().forEach(upload -> upload.isUnwanted = true);
    } finally {
      lock.unlock();
    }
    takes.shutdownNow();
    removals.shutdown();
    try {
      if (!takes.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)
          || !removals.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        log.atWarn().addKeyValue("run", link.run()).log("a checkpoint does not end");
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    checkpointer.close();
  }

  /** One checkpoint on its way. */
  private static final class Upload {
    private final Taken taken;
    private final ClassAd usage;
    private volatile boolean isUnwanted;

    /** Of the one thread that sends. */
    private List<CheckpointFile> files = List.of();

    private int storedIn = -1;

    /** Guarded by itself, as below. */
    private boolean isLeaving;

    private boolean isSending;
    private boolean isAsked;

    Upload(Taken taken, ClassAd usage) {
      this.taken = taken;
      this.usage = usage;
    }

    /** True when a thread must be started that sends. */
    synchronized boolean wake(boolean leaving) {
      isLeaving |= leaving;
      isAsked = true;
      boolean isFirst = !isSending;
      isSending = true;
      return isFirst;
    }

    /** False when there is nothing left to do, and the thread ends. */
    synchronized boolean isAwake() {
      isSending = isAsked && !isUnwanted;
      isAsked = false;
      return isSending;
    }

    synchronized boolean isLeaving() {
      return isLeaving;
    }
  }
}
