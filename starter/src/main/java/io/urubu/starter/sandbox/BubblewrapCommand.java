package io.urubu.starter.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The command line that makes a sandbox and runs the reporter, and through it the program. */
final class BubblewrapCommand {
  /** A safe name for a host: as the kernel and programs take it. */
  private static final int LONGEST_HOSTNAME = 63;

  private final SandboxPolicy policy;
  private final Scripts scripts;

  BubblewrapCommand(SandboxPolicy policy, Scripts scripts) {
    this.policy = policy;
    this.scripts = scripts;
  }

  List<String> of(Places places, Program program) throws IOException {
    List<String> command = new ArrayList<>();
    // A signal that whoever started the pool ignores (nohup does) would be ignored by every job.
    command.addAll(List.of("env", "--default-signal"));
    command.addAll(List.of("nice", "-n", Integer.toString(policy.niceness())));
    command.addAll(List.of("ionice", "-c", "3"));
    // A JVM raises its own limit of open files; programs expect the usual one.
    command.addAll(List.of("prlimit", "--core=0:0", "--nofile=1024:"));
    command.add("bwrap");
    command.addAll(isolation(program));
    command.addAll(HostView.arguments());
    command.addAll(AccountFiles.arguments(places.etc()));
    command.addAll(own(places, program));
    command.addAll(ownersChoice());
    // The root folder lives in memory: nothing may be written there.
    command.addAll(List.of("--remount-ro", "/", "--chdir", "/scratch", "--"));
    command.addAll(List.of("bash", "--noprofile", "--norc", "-c", scripts.reporter(), "reporter"));
    command.add(scripts.launcher());
    command.addAll(launch(program));
    return command;
  }

  private static List<String> isolation(Program program) {
    List<String> arguments =
        new ArrayList<>(
            List.of("--unshare-user", "--unshare-pid", "--unshare-net", "--unshare-ipc"));
    arguments.addAll(List.of("--unshare-uts", "--unshare-cgroup-try", "--die-with-parent"));
    arguments.addAll(List.of("--new-session", "--cap-drop", "ALL"));
    arguments.addAll(List.of("--hostname", hostname(program.hostname())));
    return arguments;
  }

  static String hostname(String wanted) {
    String name = wanted.replaceAll("[^A-Za-z0-9.-]", "-");
    return name.isEmpty()
        ? "workstation"
        : name.substring(0, Math.min(name.length(), LONGEST_HOSTNAME));
  }

  private static List<String> own(Places places, Program program) {
    List<String> arguments = new ArrayList<>(List.of("--proc", "/proc", "--dev", "/dev"));
    arguments.addAll(List.of("--size", Long.toString(Math.max(1, program.sharedMemoryBytes()))));
    arguments.addAll(List.of("--perms", "1777", "--tmpfs", "/dev/shm", "--remount-ro", "/dev"));
    arguments.addAll(List.of("--dir", "/run"));
    arguments.addAll(List.of("--bind", places.temporary().toString(), "/tmp"));
    arguments.addAll(List.of("--bind", places.variable().toString(), "/var/tmp"));
    arguments.addAll(List.of("--bind", places.scratch().toString(), "/scratch"));
    places.checkpoint().ifPresent(own -> arguments.addAll(own.arguments()));
    return arguments;
  }

  private List<String> ownersChoice() {
    List<String> arguments = new ArrayList<>();
    for (Path folder : policy.readOnly()) {
      arguments.addAll(List.of("--ro-bind-try", folder.toString(), folder.toString()));
    }
    for (Path folder : policy.writable()) {
      arguments.addAll(List.of("--bind-try", folder.toString(), folder.toString()));
    }
    for (Path folder : policy.hidden()) {
      if (isShown(folder)) {
        arguments.addAll(List.of("--tmpfs", folder.toString(), "--remount-ro", folder.toString()));
      }
    }
    return arguments;
  }

  private boolean isShown(Path folder) {
    return folder.startsWith("/usr")
        || policy.readOnly().stream().anyMatch(shown -> isBeneath(folder, shown))
        || policy.writable().stream().anyMatch(shown -> isBeneath(folder, shown));
  }

  private static boolean isBeneath(Path folder, Path shown) {
    return folder.startsWith(shown) && !folder.equals(shown);
  }

  private static List<String> launch(Program program) {
    List<String> words = new ArrayList<>(List.of(how(program.start())));
    words.add(program.input());
    words.add(program.output());
    words.add(program.error());
    Map<String, String> environment = program.environment();
    words.add(Integer.toString(environment.size()));
    environment.forEach((name, value) -> words.add(encoded(name + "=" + value)));
    started(program).forEach(word -> words.add(encoded(word)));
    return words;
  }

  /** As the launcher knows it. */
  private static String how(Start start) {
    return switch (start) {
      case Start.Plain _ -> "plain";
      case Start.Appending _ -> "append";
      case Start.Savable _ -> "save";
      case Start.Restored _ -> "restore";
    };
  }

  private static List<String> started(Program program) {
    return switch (program.start()) {
      case Start.Restored(var images) -> images;
      case Start.Plain _, Start.Appending _, Start.Savable _ -> program.words();
    };
  }

  /** As printf's {@code %b} reads it: letters and a few signs as they are, other bytes in octal. */
  static String encoded(String word) {
    StringBuilder text = new StringBuilder();
    for (byte b : word.getBytes(StandardCharsets.UTF_8)) {
      if (isPlain((char) b)) {
        text.append((char) b);
      } else {
        text.append("\\0%03o".formatted(b & 0xff));
      }
    }
    return text.toString();
  }

  private static boolean isPlain(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || "/._=,:+-".indexOf(c) >= 0;
  }

  /** The first tool that is missing on this host, as a sentence with the mend. */
  static Optional<String> missingTool() {
    for (String tool : List.of("bwrap", "bash", "env", "nice", "ionice", "prlimit")) {
      boolean isThere =
          List.of("/usr/local/bin", "/usr/bin", "/bin").stream()
              .anyMatch(folder -> Path.of(folder, tool).toFile().canExecute());
      if (!isThere) {
        return Optional.of(
            tool
                + " is not installed: install "
                + (tool.equals("bwrap") ? "bubblewrap 0.6 or newer" : "it"));
      }
    }
    return Optional.empty();
  }
}
