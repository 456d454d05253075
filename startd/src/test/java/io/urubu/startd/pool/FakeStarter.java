package io.urubu.startd.pool;

import io.urubu.classad.ClassAd;
import io.urubu.command.CommandConnection;
import io.urubu.command.CommandServer;
import io.urubu.command.Frame;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A process that speaks a starter's local protocol and behaves as the job ad's {@code Behaviour}
 * says: {@code run} until told to end, {@code refuse}, {@code stubborn} (ends only when killed with
 * its starter), {@code slow} (ends only when killed), {@code uploading} (leaves memory when asked
 * to go, and then uploads without end), {@code restless} (does not stand still), {@code hang}
 * (never answers), {@code die}, {@code liar} (speaks of others' runs).
 */
public final class FakeStarter {
  private final Path folder;
  private final Map<String, Process> processByRun = new ConcurrentHashMap<>();
  private final Map<String, String> behaviourByRun = new ConcurrentHashMap<>();
  private final Map<String, String> reasonByGone = new ConcurrentHashMap<>();
  private final CountDownLatch quit = new CountDownLatch(1);
  private final Set<CommandConnection> startds = ConcurrentHashMap.newKeySet();

  private FakeStarter(Path folder) {
    this.folder = folder;
  }

  public static void main(String[] arguments) throws Exception {
    List<String> options = Arrays.asList(arguments);
    if (options.contains("--self-test")) {
      System.out.println(
          "[Backends = {\"dmtcp\", \"self\", \"none\"}; CheckpointPlatform = \"fake 1\"; Missing = {}]");
      return;
    }
    byte[] identity = System.in.readAllBytes();
    Path folder = Path.of(options.get(options.indexOf("--folder") + 1));
    Files.writeString(folder.resolve("identity-bytes"), Integer.toString(identity.length));
    new FakeStarter(folder).serve();
  }

  private void serve() throws Exception {
    try (CommandServer _ =
        CommandServer.listen(folder.resolve("starter.sock"), this::serve, _ -> {})) {
      // Longer than any test: nothing stays behind a test that was killed.
      quit.await(120, TimeUnit.SECONDS);
    }
    processByRun.values().forEach(Process::destroyForcibly);
    System.exit(0);
  }

  private void serve(CommandConnection connection) throws IOException {
    startds.add(connection);
    try {
      for (Map.Entry<String, String> gone : reasonByGone.entrySet()) {
        sayGone(gone.getKey(), gone.getValue());
      }
      for (var frame = connection.receive(); frame.isPresent(); frame = connection.receive()) {
        answer(connection, frame.get().ad());
      }
    } finally {
      startds.remove(connection);
    }
  }

  private void answer(CommandConnection connection, ClassAd ad) throws IOException {
    String run = ad.string("Run").orElse("");
    String command = ad.string("Command").orElse("");
    String behaviour = behaviourByRun.getOrDefault(run, "");
    note(command + " " + ad.string("Code").orElse(""));
    switch (command) {
      case "Suspend" -> suspend(connection, run, behaviour);
      case "Continue" -> {
        signal(run, "CONT");
        done(connection);
      }
      case "Run" -> run(connection, run, ad.ad("JobAd").orElse(ClassAd.empty()));
      case "End" -> {
        done(connection);
        end(run, behaviour, ad.bool("Graceful").orElse(false));
      }
      case "Status" -> {
        for (String held : new ArrayList<>(processByRun.keySet())) {
          connection.send(Frame.Kind.ITEM, ClassAd.builder().put("Run", held).build());
        }
        done(connection);
      }
      case "RunGoneAck" -> {
        reasonByGone.remove(run);
        done(connection);
      }
      case "Quit" -> {
        done(connection);
        quit.countDown();
      }
      default -> done(connection);
    }
  }

  private void suspend(CommandConnection connection, String run, String behaviour)
      throws IOException {
    if (behaviour.equals("restless")) {
      connection.send(
          Frame.Kind.FAILED,
          ClassAd.builder().put("ErrorCode", "INTERNAL").put("ErrorText", "cannot").build());
    } else {
      signal(run, "STOP");
      done(connection);
      event("Suspended", run);
    }
  }

  private void end(String run, String behaviour, boolean isGraceful) throws IOException {
    Process process = processByRun.get(run);
    if (process == null) {
      return;
    }
    if (isGraceful && behaviour.equals("uploading")) {
      process.destroyForcibly();
      event("LeftMemory", run);
      return;
    }
    boolean obeys = !behaviour.equals("stubborn") && !(isGraceful && behaviour.equals("slow"));
    if (obeys) {
      process.destroyForcibly();
      gone(run, "ended");
    }
  }

  private void run(CommandConnection connection, String run, ClassAd job) throws IOException {
    String behaviour = job.string("Behaviour").orElse("run");
    switch (behaviour) {
      case "refuse" ->
          connection.send(
              Frame.Kind.FAILED,
              ClassAd.builder().put("ErrorCode", "INTERNAL").put("ErrorText", "no").build());
      case "hang" -> {}
      case "die" -> Runtime.getRuntime().halt(9);
      case "liar" -> {
        start(run, behaviour);
        event("RunGone", "schedd@test#99.0#1");
        done(connection);
      }
      default -> {
        start(run, behaviour);
        done(connection);
        event("Executing", run);
      }
    }
  }

  private void start(String run, String behaviour) throws IOException {
    Path scratch = Files.createTempDirectory(folder, "scratch-");
    Files.createDirectory(scratch.resolve("closed"));
    Files.createSymbolicLink(scratch.resolve("link"), Path.of("/etc"));
    behaviourByRun.put(run, behaviour);
    processByRun.put(
        run, new ProcessBuilder("sleep", "300").directory(scratch.toFile()).inheritIO().start());
    scratch.resolve("closed").toFile().setExecutable(false);
    scratch.resolve("closed").toFile().setReadable(false);
  }

  private void gone(String run, String reason) throws IOException {
    processByRun.remove(run);
    reasonByGone.put(run, reason);
    sayGone(run, reason);
  }

  private void sayGone(String run, String reason) throws IOException {
    tell(ClassAd.builder().put("Event", "RunGone").put("Run", run).put("Reason", reason).build());
  }

  private void event(String name, String run) throws IOException {
    tell(ClassAd.builder().put("Event", name).put("Run", run).build());
  }

  private void tell(ClassAd event) throws IOException {
    for (CommandConnection open : startds) {
      open.send(Frame.Kind.EVENT, event);
    }
  }

  /** What was heard, for tests. */
  private synchronized void note(String word) throws IOException {
    Files.writeString(
        folder.resolve("heard"),
        word.strip() + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  private void signal(String run, String signal) throws IOException {
    Process process = processByRun.get(run);
    if (process != null) {
      new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
          .inheritIO()
          .start()
          .onExit()
          .join();
    }
  }

  private static void done(CommandConnection connection) throws IOException {
    connection.send(Frame.Kind.DONE, ClassAd.empty());
  }
}
