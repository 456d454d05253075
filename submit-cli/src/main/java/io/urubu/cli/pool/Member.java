package io.urubu.cli.pool;

import io.urubu.command.launch.JavaProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One daemon of a personal pool.
 *
 * @param name its local name: run folder, log and settings are called by it
 * @param module whose jar it runs
 * @param mainClass another class than the one that the jar names
 * @param heapMegabytes its largest heap
 * @param service true when it runs under the service account in root's pool
 * @param arguments beside those that every daemon has
 */
record Member(
    String name,
    String module,
    Optional<String> mainClass,
    int heapMegabytes,
    boolean service,
    List<String> arguments) {

  static final String MATCHMAKER = "matchmaker";
  static final String SCHEDD = "schedd";
  static final String SPAWNER = "spawner";

  static Member matchmaker() {
    return new Member(MATCHMAKER, "matchmaker", Optional.empty(), 256, true, List.of());
  }

  static Member schedd() {
    return new Member(SCHEDD, "schedd", Optional.empty(), 512, true, List.of());
  }

  /** Starts users' shadows on the order of the schedd, which is not root. */
  static Member spawner(String scheddAccount) {
    return new Member(
        SPAWNER,
        "schedd",
        Optional.of("io.urubu.schedd.spawner.SpawnerMain"),
        32,
        false,
        List.of("--schedd-account", scheddAccount));
  }

  static Member startd(String workstation) {
    return new Member(workstation, "startd", Optional.empty(), 96, false, List.of());
  }

  List<String> command(Path java, Path lib, Path config, Path temporary) throws IOException {
    List<String> all = new ArrayList<>();
    all.addAll(List.of("--config", config.toString(), "--local-name", name));
    all.addAll(arguments);
    JavaProcess small = new JavaProcess(java, lib, heapMegabytes, temporary);
    JavaProcess process = name.equals(MATCHMAKER) ? small.withFullCompiler() : small;
    return mainClass.isPresent()
        ? process.mainClass(module, mainClass.get(), all)
        : process.module(module, all);
  }
}
