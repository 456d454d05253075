package io.urubu.starter;

import io.urubu.config.Config;
import io.urubu.config.ConfigException;
import io.urubu.config.ConfigSources;
import io.urubu.starter.checkpoint.Abilities;
import io.urubu.starter.checkpoint.Trial;
import io.urubu.starter.imagefolder.ImageFolder;
import io.urubu.starter.imagefolder.ImageFolders;
import io.urubu.starter.imagefolder.Images;
import io.urubu.starter.sandbox.Account;
import io.urubu.starter.sandbox.Sandbox;
import io.urubu.starter.sandbox.SandboxPolicy;
import io.urubu.starter.sandbox.SelfTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * {@code --self-test [--config FILE] [--local-name NAME] [--folder FOLDER] [--images-fd N |
 * --no-images REASON]}: when jobs can be boxed in here by this account, prints an ad of how they
 * can be saved and exits with 0; when they cannot, prints why and exits with 1.
 */
final class SelfTestMain {
  private static final int CANNOT = 1;
  private static final int EXIT_CONFIG = 78;

  private SelfTestMain() {}

  static int run(String[] arguments, Map<String, String> environment, Consumer<String> out) {
    try {
      return run(List.of(arguments), environment, out);
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

  private static int run(
      List<String> arguments, Map<String, String> environment, Consumer<String> out)
      throws ConfigException, IOException, InterruptedException {
    ConfigSources.Builder sources = ConfigSources.builder().environment(environment);
    after("--config", arguments).map(Path::of).ifPresent(sources::main);
    after("--local-name", arguments).ifPresent(sources::localName);
    SandboxPolicy policy = Policies.of(Config.load(sources.build()));
    Path folder = Files.createTempDirectory("self-test");
    try (Sandbox sandbox = Sandbox.open(policy, own(folder))) {
      Optional<String> reason = new SelfTest(sandbox).run(folder);
      out.accept(
          reason.isPresent()
              ? reason.get()
              : abilities(arguments, sandbox, folder).toAd().toString().replace('\n', ' '));
      return reason.isPresent() ? CANNOT : 0;
    } finally {
      remove(folder);
    }
  }

  private static Abilities abilities(List<String> arguments, Sandbox sandbox, Path folder)
      throws IOException, InterruptedException {
    Optional<Path> mount = after("--folder", arguments).map(own -> Path.of(own, Images.MOUNT));
    Optional<Integer> descriptor = after("--images-fd", arguments).map(Integer::valueOf);
    if (mount.isEmpty() || descriptor.isEmpty()) {
      return Abilities.look(
          Optional.of(after("--no-images", arguments).orElse("this trial has no image folder")));
    }
    Abilities seeming = Abilities.look(Optional.empty());
    if (!seeming.missing().isEmpty()) {
      return seeming;
    }
    try (ImageFolders folders = ImageFolders.serve(mount.get(), descriptor.get());
        ImageFolder images = folders.add("self-test")) {
      return new Trial(sandbox, InstantSource.system(), System::nanoTime)
          .run(seeming, folder, images);
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
