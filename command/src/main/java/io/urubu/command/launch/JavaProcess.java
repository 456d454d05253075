package io.urubu.command.launch;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The Java virtual machine of one process of the pool: small and quick to start, since a host runs
 * several.
 *
 * @param java the {@code java} binary
 * @param lib the folder with the project's jars
 * @param heapMegabytes the largest heap
 * @param temporary a folder of the process's own, so that nothing is left elsewhere
 * @param fullCompiler compiles what runs often as well as can be done, for some more memory:
 *     encrypting and hashing some thirty times as fast, matching twice as fast
 */
public record JavaProcess(
    Path java, Path lib, int heapMegabytes, Path temporary, boolean fullCompiler) {

  /** A process that mostly waits. */
  public JavaProcess(Path java, Path lib, int heapMegabytes, Path temporary) {
    this(java, lib, heapMegabytes, temporary, false);
  }

  /** The same, for one that moves files or matches ads. */
  public JavaProcess withFullCompiler() {
    return new JavaProcess(java, lib, heapMegabytes, temporary, true);
  }

  /** Runs the main class of a module, which its jar names. */
  public List<String> module(String module, List<String> arguments) throws IOException {
    List<String> command = machine();
    command.add("-jar");
    command.add(jar(module).toString());
    command.addAll(arguments);
    return command;
  }

  /** Runs another class of a module. */
  public List<String> mainClass(String module, String mainClass, List<String> arguments)
      throws IOException {
    List<String> command = machine();
    command.add("-cp");
    command.add(jar(module).toString());
    command.add(mainClass);
    command.addAll(arguments);
    return command;
  }

  private List<String> machine() {
    List<String> command = new ArrayList<>();
    command.add(java.toString());
    command.add("-Xmx" + heapMegabytes + "m");
    command.add("-XX:+UseSerialGC");
    if (!fullCompiler) {
      command.add("-XX:TieredStopAtLevel=1");
    }
    command.add("-XX:+UseCompactObjectHeaders");
    command.add("-XX:+ExitOnOutOfMemoryError");
    // Performance data would be a file in /tmp that a killed process leaves behind.
    command.add("-XX:-UsePerfData");
    command.add("-Xss512k");
    command.add("-Djava.io.tmpdir=" + temporary);
    command.add("-Djava.awt.headless=true");
    command.add("-Dio.netty.allocator.type=unpooled");
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("--sun-misc-unsafe-memory-access=allow");
    return command;
  }

  private Path jar(String module) throws IOException {
    try (DirectoryStream<Path> jars =
        Files.newDirectoryStream(lib, "urubu-" + module + "-[0-9]*.jar")) {
      for (Path jar : jars) {
        return jar;
      }
    }
    throw new NoSuchFileException(
        lib.resolve("urubu-" + module + "-*.jar").toString(),
        null,
        "the installation is incomplete");
  }
}
