package io.urubu.cli.demo;

import io.urubu.classad.ClassAd;
import io.urubu.cli.pool.PoolRuntime;
import io.urubu.cli.pool.Programs;
import io.urubu.cli.pool.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which programs this host can move. */
final class Travellers {
  private static final List<Path> PROGRAM_FOLDERS =
      List.of(Path.of("/usr/local/bin"), Path.of("/usr/bin"), Path.of("/bin"));
  private static final long COMPILE_SECONDS = 60;

  private final PoolDesk desk;
  private final Progress progress;
  private final Path examples = PoolRuntime.own().examples().resolve("owner");

  Travellers(PoolDesk desk, Progress progress) {
    this.desk = desk;
    this.progress = progress;
  }

  /**
   * Programs without any checkpoint code where the workstations can save such, else one that saves
   * itself.
   */
  List<Traveller> find(Path folder) throws IOException {
    List<ClassAd> machines = desk.machines();
    boolean transparent =
        !machines.isEmpty()
            && machines.stream().allMatch(ad -> ad.bool("HasCheckpoint").orElse(false));
    List<Traveller> found = new ArrayList<>();
    if (transparent) {
      python().ifPresent(found::add);
      compiled(folder).ifPresent(found::add);
      if (found.isEmpty()) {
        progress.step("no python3, cc or gcc is in the system's folders to make a program with");
      }
    } else {
      tellWhatIsMissing(machines);
    }
    return found.isEmpty() ? List.of(savingItself()) : found;
  }

  private void tellWhatIsMissing(List<ClassAd> machines) {
    String why =
        machines.stream()
            .flatMap(ad -> ad.string("CheckpointMissing").stream())
            .findFirst()
            .orElse("dmtcp: dmtcp_launch is not installed");
    progress.step("no workstation here can save a program that does not save itself");
    progress.step("  (" + why + ")");
    progress.step(
        "  so a program that does is moved instead. Any program could be moved with DMTCP:");
    progress.step("  Fedora, EPEL and Arch package it, elsewhere see https://dmtcp.sourceforge.io");
  }

  private Optional<Traveller> python() {
    return has("python3")
        ? Optional.of(
            new Traveller(
                "likeness",
                "a Python program that knows nothing of checkpoints",
                examples.resolve("likeness.py"),
                Input.WORDS))
        : Optional.empty();
  }

  private Optional<Traveller> compiled(Path folder) throws IOException {
    Path program = folder.resolve("nearest");
    for (String compiler : List.of("cc", "gcc")) {
      if (has(compiler) && compiles(compiler, program)) {
        return Optional.of(
            new Traveller(
                "nearest", "a C program that knows nothing of checkpoints", program, Input.WORDS));
      }
    }
    return Optional.empty();
  }

  private boolean compiles(String compiler, Path program) throws IOException {
    List<String> command =
        List.of(
            compiler, "-O2", "-o", program.toString(), examples.resolve("nearest.c").toString());
    return Programs.runIn(Path.of("/"), Map.of(), command, COMPILE_SECONDS).status() == 0;
  }

  private Traveller savingItself() {
    return new Traveller(
        "divisors",
        "a bash program that saves itself when it is told to",
        examples.resolve("divisors.sh"),
        Input.NUMBERS);
  }

  /** Jobs see the system's folders only. */
  private static boolean has(String program) {
    return PROGRAM_FOLDERS.stream().anyMatch(f -> Files.isExecutable(f.resolve(program)));
  }
}
