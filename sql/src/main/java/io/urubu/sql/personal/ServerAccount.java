package io.urubu.sql.personal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The account that the server runs as: starts programs and hands over files. */
final class ServerAccount {

  /** How a program ended. Its output is cut after 64 KiB. */
  record Ended(int status, String output) {}

  private static final int MAX_OUTPUT = 64 << 10;

  private final Optional<String> account;

  private ServerAccount(Optional<String> account) {
    this.account = account;
  }

  /** Refuses root as the server's account, and another account when we are not root. */
  static ServerAccount of(Optional<String> account) throws IOException {
    boolean root = isRoot();
    if (root && account.isEmpty()) {
      throw new PostgresFailedException(
          "PostgreSQL does not run as root: name an account for it (such as urubu)");
    }
    if (!root && account.isPresent() && !account.get().equals(System.getProperty("user.name"))) {
      throw new PostgresFailedException(
          "only root can start PostgreSQL as " + account.get() + ": name no account");
    }
    return new ServerAccount(root ? account : Optional.empty());
  }

  static boolean isRoot() throws IOException {
    return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
  }

  /** Makes the file the account's, when we can. */
  void own(Path file) throws IOException {
    if (account.isEmpty()) {
      return;
    }
    UserPrincipalLookupService lookup = file.getFileSystem().getUserPrincipalLookupService();
    UserPrincipal user = lookup.lookupPrincipalByName(account.get());
    GroupPrincipal group = lookup.lookupPrincipalByGroupName(groupId());
    PosixFileAttributeView view =
        Files.getFileAttributeView(file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    view.setOwner(user);
    view.setGroup(group);
  }

  private String groupId() throws IOException {
    Ended id =
        finish(new ProcessBuilder("id", "-gn", account.orElseThrow()), "", Duration.ofSeconds(10));
    if (id.status() != 0) {
      throw new PostgresFailedException("there is no account " + account.orElseThrow());
    }
    return id.output().strip();
  }

  /** Prepares a program that will run as the account, in the folder. */
  ProcessBuilder program(Path folder, List<String> command) throws IOException {
    List<String> words = new ArrayList<>();
    if (account.isPresent()) {
      words.addAll(
          List.of(
              "setpriv",
              "--reuid=" + account.get(),
              "--regid=" + groupId(),
              "--clear-groups",
              "--"));
    }
    words.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(words).directory(folder.toFile());
    // The server's messages are read by this class's users; PG* variables of a person must not lead
    // it astray.
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.startsWith("PG") || name.startsWith("LC_"));
    builder.environment().put("LANG", "C");
    return builder;
  }

  /** Runs a program to its end; kills it and fails when that takes longer than the limit. */
  static Ended finish(ProcessBuilder builder, String input, Duration limit) throws IOException {
    Path output = Files.createTempFile("urubu-postgresql", ".out");
    try {
      builder.redirectErrorStream(true).redirectOutput(output.toFile());
      int status = await(builder, input, limit);
      return new Ended(status, head(output));
    } finally {
      Files.delete(output);
    }
  }

  /** The same, with the output appended to a log that children of the program may go on to use. */
  static int finishLogged(ProcessBuilder builder, Path log, Duration limit) throws IOException {
    builder
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    return await(builder, "", limit);
  }

  private static int await(ProcessBuilder builder, String input, Duration limit)
      throws IOException {
    Process process = builder.start();
    try (var stdin = process.getOutputStream()) {
      stdin.write(input.getBytes(StandardCharsets.UTF_8));
    } catch (IOException _) {
      // It ended without reading; its status and output tell why.
    }
    try {
      if (process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        return process.exitValue();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
    throw new PostgresFailedException(
        builder.command().getFirst() + " did not end within " + limit.toSeconds() + " s");
  }

  private static String head(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      return new String(in.readNBytes(MAX_OUTPUT), StandardCharsets.UTF_8);
    }
  }
}
