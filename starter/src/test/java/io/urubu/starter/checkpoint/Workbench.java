package io.urubu.starter.checkpoint;

import io.urubu.starter.imagefolder.ImageFolder;
import io.urubu.starter.imagefolder.ImageFolders;
import io.urubu.starter.imagefolder.TestMount;
import io.urubu.starter.sandbox.Account;
import io.urubu.starter.sandbox.Places;
import io.urubu.starter.sandbox.Program;
import io.urubu.starter.sandbox.ProgramEnd;
import io.urubu.starter.sandbox.Sandbox;
import io.urubu.starter.sandbox.SandboxPolicy;
import io.urubu.starter.sandbox.SandboxProcess;
import io.urubu.starter.scratch.RunFolders;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/** A workstation for tests: real sandboxes, a real mount for images, DMTCP if it is installed. */
final class Workbench implements AutoCloseable {
  static final Duration LIMIT = Duration.ofSeconds(30);
  static final Times TIMES = new Times(InstantSource.system(), System::nanoTime);
  static final SaveOrder ORDER =
      new SaveOrder(
          Optional.empty(), OptionalInt.empty(), OptionalInt.empty(), List.of(), List.of("out"));

  private final Path folder;
  private final TestMount mount;
  private final ImageFolders images;
  private final Sandbox sandbox;
  private int runs;

  Workbench(Path folder) throws Exception {
    Assumptions.assumeTrue(
        Files.isExecutable(Path.of("/usr/local/bin/dmtcp_launch"))
            || Files.isExecutable(Path.of("/usr/bin/dmtcp_launch")),
        "SKIPPED: DMTCP is not installed");
    this.folder = Files.createDirectories(folder);
    Path root = Files.createDirectories(folder.resolve("images"));
    this.mount = TestMount.make(root);
    this.images = ImageFolders.serve(root, mount.descriptor);
    this.sandbox = sandbox(folder);
  }

  static Sandbox sandbox(Path folder) throws Exception {
    Account account =
        new Account(
            "alice",
            (Integer) Files.getAttribute(folder, "unix:uid"),
            (Integer) Files.getAttribute(folder, "unix:gid"));
    return Sandbox.open(new SandboxPolicy(List.of(), List.of(), List.of(), 0), account);
  }

  Run run() throws Exception {
    return run(folder, DmtcpCheckpointer.CutMoment.WHILE_ALL_STANDS_STILL);
  }

  Run run(Path base, DmtcpCheckpointer.CutMoment moment) throws Exception {
    String name = "1.0." + ++runs;
    RunFolders folders = RunFolders.create(base, name);
    ImageFolder own = images.add(name);
    return new Run(
        sandbox, folders, new DmtcpCheckpointer(folders, own, "here", TIMES, moment), own::close);
  }

  static Program program(String... words) {
    return new Program(
        List.of(words),
        Map.of("PATH", "/usr/bin:/bin", "LC_ALL", "C.UTF-8"),
        "/dev/null",
        "/scratch/out",
        "/scratch/err",
        "ws1",
        1 << 20);
  }

  /** One run of a job, in folders of its own. */
  static final class Run implements AutoCloseable {
    final RunFolders folders;
    final Checkpointer checkpointer;
    private final Sandbox sandbox;
    private final Runnable removal;
    private @Nullable SandboxProcess boxed;
    CompletableFuture<ProgramEnd> end = new CompletableFuture<>();
    final CompletableFuture<Void> started = new CompletableFuture<>();

    Run(Sandbox sandbox, RunFolders folders, Checkpointer checkpointer, Runnable removal) {
      this.sandbox = sandbox;
      this.folders = folders;
      this.checkpointer = checkpointer;
      this.removal = removal;
    }

    /** Lays a test's program down. */
    String bring(String resource) throws Exception {
      Path file = folders.scratch().resolve(resource);
      try (InputStream stream = Workbench.class.getResourceAsStream(resource)) {
        Files.copy(stream, file);
      }
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
      return "/scratch/" + resource;
    }

    void start(Program job) throws Exception {
      begin(checkpointer.fresh(job));
      started.get(20, TimeUnit.SECONDS);
    }

    /** As on another machine: only the generation's files are brought over. */
    void restart(Program job, Path generation) throws Exception {
      bringOver(generation);
      checkpointer.unpack(folders.generation(0), LIMIT);
      begin(checkpointer.restarted(job, folders.generation(0)));
    }

    void bringOver(Path generation) throws Exception {
      Path own = folders.makeGeneration(0);
      for (Path file : files(generation)) {
        Files.copy(file, own.resolve(file.getFileName()));
      }
    }

    static List<Path> files(Path folder) throws Exception {
      try (var files = Files.list(folder)) {
        return files.toList();
      }
    }

    void begin(Program how) throws Exception {
      end = new CompletableFuture<>();
      Places plain =
          new Places(folders.scratch(), folders.temporary(), folders.variable(), folders.etc());
      SandboxProcess mine = sandbox.start(checkpointer.shown(plain), how);
      CompletableFuture<ProgramEnd> told = end;
      boxed = mine;
      Thread.ofVirtual()
          .start(
              () -> {
                try {
                  ProgramEnd how2 = mine.await(() -> started.complete(null));
                  ProgramEnd truth = checkpointer.ended(mine, how2);
                  told.complete(truth);
                  checkpointer.reported(truth);
                } catch (Throwable e) {
                  told.completeExceptionally(e);
                }
              });
    }

    SandboxProcess process() {
      return Objects.requireNonNull(boxed, "nothing was started");
    }

    ProgramEnd end() throws InterruptedException, ExecutionException, TimeoutException {
      return end.get(60, TimeUnit.SECONDS);
    }

    void kill() throws InterruptedException, ExecutionException, TimeoutException {
      process().kill();
      ProgramEnd _ = end();
    }

    String text(String name) throws Exception {
      return Files.readString(folders.scratch().resolve(name));
    }

    boolean hasPrinted(String text) throws Exception {
      return Files.exists(folders.scratch().resolve("out")) && text("out").equals(text);
    }

    @Override
    public void close() throws IOException {
      try {
        if (boxed != null) {
          kill();
        }
        checkpointer.close();
        removal.run();
        folders.remove();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      } catch (ExecutionException | TimeoutException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @Override
  public void close() throws IOException {
    sandbox.close();
    images.close();
    mount.close();
  }
}
