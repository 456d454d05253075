package io.urubu.starter;

import io.urubu.config.Config;
import io.urubu.config.ConfigException;
import io.urubu.config.ConfigSources;
import io.urubu.starter.sandbox.Account;
import io.urubu.starter.sandbox.Sandbox;
import io.urubu.starter.sandbox.SandboxPolicy;
import io.urubu.starter.sandbox.SelfTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * {@code --self-test [--config FILE] [--local-name NAME]}: prints one line and exits with 0 when
 * jobs can be boxed in here by this account, with 1 when they cannot.
 */
final class SelfTestMain {
  private static final int CANNOT = 1;
  private static final int EXIT_CONFIG = 78;

  private SelfTestMain() {}

  static int run(String[] arguments, Map<String, String> environment, Consumer<String> out) {
    try {
      Optional<String> reason = reason(List.of(arguments), environment);
      out.accept(reason.orElse("jobs can be boxed in here"));
      return reason.isPresent() ? CANNOT : 0;
    } catch (ConfigException e) {
      out.accept(String.valueOf(e.getMessage()).replace('\n', ' '));
      return EXIT_CONFIG;
    } catch (IOException e) {
      out.accept("no sandbox can be tried: " + e.getMessage());
      return CANNOT;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return CANNOT;
    }
  }

  private static Optional<String> reason(List<String> arguments, Map<String, String> environment)
      throws ConfigException, IOException, InterruptedException {
    ConfigSources.Builder sources = ConfigSources.builder().environment(environment);
    after("--config", arguments).map(Path::of).ifPresent(sources::main);
    after("--local-name", arguments).ifPresent(sources::localName);
    SandboxPolicy policy = Policies.of(Config.load(sources.build()));
    Path folder = Files.createTempDirectory("self-test");
    try (Sandbox sandbox = Sandbox.open(policy, own(folder))) {
      return new SelfTest(sandbox).run(folder);
    } finally {
      remove(folder);
    }
  }

  private static Account own(Path folder) throws IOException {
    return Accounts.own("self-test", folder);
  }

  private static Optional<String> after(String option, List<String> arguments) {
    int index = arguments.indexOf(option);
    return index >= 0 && index + 1 < arguments.size()
        ? Optional.of(arguments.get(index + 1))
        : Optional.empty();
  }

  private static void remove(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
