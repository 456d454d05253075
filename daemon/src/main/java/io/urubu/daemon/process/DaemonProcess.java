package io.urubu.daemon.process;

import io.urubu.classad.ClassAd;
import io.urubu.command.CommandConnection;
import io.urubu.command.CommandServer;
import io.urubu.command.Frame;
import io.urubu.command.Peer;
import io.urubu.command.PoolException;
import io.urubu.command.presence.ProcessMark;
import io.urubu.command.presence.RunFolder;
import io.urubu.config.Config;
import io.urubu.config.ConfigException;
import io.urubu.config.ConfigSources;
import io.urubu.config.Knobs;
import io.urubu.daemon.rpc.Hellos;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs one daemon as a process: from its command line to its exit status. */
public final class DaemonProcess {
  private static final Logger log = LoggerFactory.getLogger(DaemonProcess.class);

  private static final int EXIT_FAILED = 1;
  private static final int EXIT_CONFIG = 78;

  /** An orderly stop may take this long before the process ends without it. */
  private static final long STOP_SECONDS = 40;

  /** Makes the daemon; it serves when this returns. */
  @FunctionalInterface
  public interface Factory {
    Daemon start(DaemonContext context) throws Exception;
  }

  private final String kind;
  private final DaemonContext context;
  private final RunFolder folder;
  private final CountDownLatch stopping;
  private final CountDownLatch closed = new CountDownLatch(1);

  private DaemonProcess(String kind, DaemonContext context, CountDownLatch stopping) {
    this.kind = kind;
    this.context = context;
    this.stopping = stopping;
    this.folder = new RunFolder(context.runFolder());
  }

  /** The main method of every daemon; returns only by ending the process. */
  public static void main(String kind, String[] arguments, Factory factory) {
    System.exit(run(kind, arguments, factory));
  }

  private static int run(String kind, String[] arguments, Factory factory) {
    try {
      CountDownLatch stopping = new CountDownLatch(1);
      DaemonContext context = context(DaemonArguments.parse(arguments), stopping::countDown);
      return new DaemonProcess(kind, context, stopping).serve(factory);
    } catch (ConfigException | IllegalArgumentException e) {
      // The log file's place is not known yet: whoever started the process reads its standard
      // error.
      System.err.println(kind + ": " + e.getMessage());
      return EXIT_CONFIG;
    } catch (IOException e) {
      System.err.println(kind + ": " + e);
      return EXIT_FAILED;
    }
  }

  private static DaemonContext context(DaemonArguments arguments, Runnable stop)
      throws ConfigException, IOException {
    Config config = Config.load(sources(arguments));
    String name = arguments.localName();
    Path runFolder = arguments.runFolder().orElse(config.get(Knobs.RUN).resolve(name));
    Files.createDirectories(runFolder);
    if (arguments.logsToStandardOutput()) {
      DaemonLog.toStandardOutput();
    } else {
      DaemonLog.toFile(config.get(Knobs.LOG).resolve(name + ".log"));
    }
    return new DaemonContext(
        name,
        config,
        runFolder,
        arguments.options(),
        System.getenv(),
        System.in,
        InstantSource.system(),
        BootClock.ticker(),
        DaemonProcess::halt,
        stop);
  }

  private static ConfigSources sources(DaemonArguments arguments) {
    ConfigSources.Builder sources =
        ConfigSources.builder()
            .main(arguments.configFile())
            .localName(arguments.localName())
            .environment(System.getenv());
    arguments.settings().forEach(sources::override);
    return sources.build();
  }

  private static void halt(String reason) {
    log.atError().addKeyValue("reason", reason).log("cannot go on");
    DaemonLog.close();
    Runtime.getRuntime().halt(EXIT_FAILED);
  }

  private int serve(Factory factory) throws IOException {
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, e) ->
            log.atError().addKeyValue("thread", thread.getName()).setCause(e).log("a thread died"));
    try (FileChannel lock = lock()) {
      if (lock.tryLock() == null) {
        System.err.println(kind + ": " + context.name() + " runs already (" + folder.path() + ")");
        return EXIT_FAILED;
      }
      folder.writeMark(ProcessMark.own());
      return serveAlone(factory);
    }
  }

  private FileChannel lock() throws IOException {
    return FileChannel.open(
        folder.path().resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  private int serveAlone(Factory factory) {
    try (Daemon daemon = factory.start(context);
        CommandServer _ =
            CommandServer.listen(folder.socket(), c -> serve(daemon, c), this::report)) {
      Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "stop"));
      log.atInfo()
          .addKeyValue("daemon", context.name())
          .addKeyValue("pid", ProcessHandle.current().pid())
          .addKeyValue("version", Hellos.software())
          .log("ready");
      stopping.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      log.atError().addKeyValue("daemon", context.name()).setCause(e).log("cannot start");
      System.err.println(kind + ": " + e.getMessage());
      return EXIT_FAILED;
    } finally {
      clear();
      closed.countDown();
    }
    log.atInfo().addKeyValue("daemon", context.name()).log("stopped");
    return 0;
  }

  /** The virtual machine goes down when this returns, so it waits until everything is closed. */
  private void stop() {
    stopping.countDown();
    try {
      if (!closed.await(STOP_SECONDS, TimeUnit.SECONDS)) {
        log.atWarn().addKeyValue("seconds", STOP_SECONDS).log("the orderly stop took too long");
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void clear() {
    try {
      folder.clear();
    } catch (IOException e) {
      log.atWarn().addKeyValue("folder", folder.path()).setCause(e).log("cannot clear run folder");
    }
  }

  private void report(Exception cause) {
    log.atWarn().setCause(cause).log("a command connection failed");
  }

  private void serve(Daemon daemon, CommandConnection connection) throws IOException {
    Peer peer = connection.peer();
    for (Optional<Frame> frame = connection.receive();
        frame.isPresent();
        frame = connection.receive()) {
      try {
        if (frame.get().ad().string("Command").orElse("").equals("Ping")) {
          connection.send(Frame.Kind.DONE, ping(daemon));
        } else {
          daemon.serve(connection, peer, frame.get());
        }
      } catch (PoolException e) {
        connection.send(Frame.Kind.FAILED, e.toAd());
      }
    }
  }

  private ClassAd ping(Daemon daemon) {
    return ClassAd.builder()
        .put("Name", context.name())
        .put("Pid", ProcessHandle.current().pid())
        .put("Version", Hellos.software())
        .putAll(daemon.status())
        .build();
  }
}
