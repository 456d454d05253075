package io.urubu.startd.starters;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.urubu.command.launch.JavaProcess;
import io.urubu.identity.Identity;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Starts starters, each in a session of its own, so that they outlive the startd. */
public final class StarterLauncher {
  private static final int HEAP_MEGABYTES = 128;
  private static final long LARGEST_LOG = 16L << 20;

  private final Program program;

  /**
   * Where the starter's program is and what every starter of this machine is told.
   *
   * @param config the configuration file
   * @param localName the startd's
   * @param log the folder for what starters print
   */
  public record Program(
      Path java,
      Path lib,
      Path config,
      String localName,
      Path log,
      Map<String, String> environment) {
    public Program {
      environment = Map.copyOf(environment);
    }
  }

  public StarterLauncher(Program program) {
    this.program = program;
  }

  /** Spawns it; its identity goes through a pipe, never through a file or an argument. */
  Process launch(StarterRecord record, Identity identity) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command(record));
    builder.environment().clear();
    builder.environment().putAll(program.environment());
    String[] mark = Lending.mark(record.folder()).split("=", 2);
    builder.environment().put(mark[0], mark[1]);
    builder.directory(Path.of("/").toFile());
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(freshLog(record).toFile()));
    Process process = builder.start();
    try (OutputStream stdin = process.getOutputStream()) {
      stdin.write(identity.toPem().getBytes(UTF_8));
    } catch (IOException e) {
      process.destroyForcibly();
      throw e;
    }
    return process;
  }

  private List<String> command(StarterRecord record) throws IOException {
    String folder = record.folder().toString();
    List<String> java =
        new JavaProcess(program.java(), program.lib(), HEAP_MEGABYTES, record.folder())
            .withFullCompiler()
            .module(
                "starter",
                List.of(
                    "--config",
                    program.config().toString(),
                    "--local-name",
                    program.localName(),
                    "--user",
                    record.user(),
                    "--folder",
                    folder,
                    "--run-folder",
                    folder,
                    "--log",
                    "-"));
    List<String> command = new ArrayList<>(List.of("setsid"));
    command.addAll(withImages(record.folder(), record.uid(), java));
    return command;
  }

  private static List<String> withImages(Path folder, OptionalInt uid, List<String> java)
      throws IOException {
    return ImageMount.before(
        folder, uid, uid.isPresent() ? Lending.as(uid.getAsInt(), java) : java);
  }

  /** The command that tells whether jobs can be boxed in here, run as jobs would be. */
  public List<String> selfTest(Path folder, OptionalInt uid) throws IOException {
    List<String> java =
        new JavaProcess(program.java(), program.lib(), HEAP_MEGABYTES, folder)
            .module(
                "starter",
                List.of(
                    "--config",
                    program.config().toString(),
                    "--local-name",
                    program.localName(),
                    "--folder",
                    folder.toString(),
                    "--self-test"));
    return withImages(folder, uid, java);
  }

  Map<String, String> environment() {
    return program.environment();
  }

  private Path freshLog(StarterRecord record) throws IOException {
    Path log = logFile(record);
    if (Files.exists(log) && Files.size(log) > LARGEST_LOG) {
      Files.move(log, Path.of(log + ".1"), StandardCopyOption.REPLACE_EXISTING);
    }
    return log;
  }

  private Path logFile(StarterRecord record) {
    return program
        .log()
        .resolve(program.localName() + "-starter-" + record.folder().getFileName() + ".log");
  }

  /** Keeps a starter that prints without end from filling the disk. */
  void boundLog(StarterRecord record) throws IOException {
    Path log = logFile(record);
    if (Files.exists(log) && Files.size(log) > 4 * LARGEST_LOG) {
      try (FileChannel channel = FileChannel.open(log, StandardOpenOption.WRITE)) {
        channel.truncate(0);
      }
    }
  }
}
