package io.urubu.starter;

import io.urubu.config.Config;
import io.urubu.config.Knob;
import io.urubu.config.Knobs;
import io.urubu.starter.sandbox.SandboxPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The owner's choice of what jobs see, from the configuration. */
final class Policies {
  private static final List<Knob<Path>> POOL_FOLDERS =
      List.of(Knobs.RUN, Knobs.STATE, Knobs.SPOOL, Knobs.LOG, Knobs.EXECUTE);

  private static final List<String> PEOPLE = List.of("/home", "/root", "/run", "/var/home");

  private Policies() {}

  static SandboxPolicy of(Config config) throws IOException {
    List<Path> hidden = new ArrayList<>();
    for (String folder : PEOPLE) {
      addIfThere(Path.of(folder), hidden);
    }
    for (Knob<Path> knob : POOL_FOLDERS) {
      addIfThere(config.get(knob), hidden);
    }
    return new SandboxPolicy(
        folders(config.get(Knobs.SANDBOX_READ_ONLY)),
        folders(config.get(Knobs.SANDBOX_WRITABLE)),
        hidden,
        config.get(Knobs.JOB_NICE));
  }

  /** Where it really lies: {@code /home} may be a link to another place. */
  private static void addIfThere(Path folder, List<Path> hidden) throws IOException {
    if (Files.isDirectory(folder)) {
      hidden.add(folder.toRealPath());
    }
  }

  private static List<Path> folders(List<String> names) {
    return names.stream().flatMap(Stream::ofNullable).map(Path::of).toList();
  }
}
