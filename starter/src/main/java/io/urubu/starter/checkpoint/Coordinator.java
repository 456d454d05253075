package io.urubu.starter.checkpoint;

import io.urubu.starter.sandbox.Entered;
import io.urubu.starter.sandbox.SandboxProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * DMTCP's coordinator in one sandbox. It has no authentication, so it listens in the sandbox's own
 * network, where nobody but the job and this comes. The job itself may pretend to be it: answers
 * are bounded, waits limited, and a lie harms the liar alone.
 */
final class Coordinator {
  /** As the reporter has it. */
  private static final String PORT = "7779";

  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(5);
  private static final Duration STEP = Duration.ofMillis(100);
  private static final Pattern PEERS = Pattern.compile("\"num_peers\":(\\d{1,6})");
  private static final Pattern PEER = Pattern.compile("\\[\\d{1,10}:(\\d{1,10})]@");
  private static final String RUNNING = "\"running\":true";

  private final SandboxProcess process;
  private final Times times;

  Coordinator(SandboxProcess process, Times times) {
    this.process = process;
    this.times = times;
  }

  record Status(int peers, boolean isRunning) {}

  /** Empty when no coordinator answers. */
  Optional<Status> status() throws InterruptedException {
    return ask("--status")
        .map(
            said -> {
              Matcher peers = PEERS.matcher(said);
              return new Status(
                  peers.find() ? Integer.parseInt(peers.group(1)) : 0, said.contains(RUNNING));
            });
  }

  /** The processes that it knows, by their numbers in the sandbox. */
  Optional<Set<Long>> peers() throws InterruptedException {
    return ask("--list")
        .map(
            said -> {
              Set<Long> pids = new HashSet<>();
              Matcher peer = PEER.matcher(said);
              while (peer.find()) {
                pids.add(Long.parseLong(peer.group(1)));
              }
              return pids;
            });
  }

  /** Orders a checkpoint; the command ends with 0 when it is complete. */
  Entered checkpoint() throws IOException {
    return process.enter(command("--bcheckpoint"));
  }

  private Optional<String> ask(String question) throws InterruptedException {
    try (Entered command = process.enter(command(question))) {
      OptionalInt code = OptionalInt.empty();
      Patience patience = new Patience(times, ANSWER_LIMIT);
      while (code.isEmpty() && patience.isLeft(process.isFrozen())) {
        code = command.await(STEP);
      }
      return code.equals(OptionalInt.of(0)) ? Optional.of(command.output()) : Optional.empty();
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  private static List<String> command(String order) {
    return List.of("dmtcp_command", "--coord-host", "127.0.0.1", "-p", PORT, "--json", order);
  }
}
