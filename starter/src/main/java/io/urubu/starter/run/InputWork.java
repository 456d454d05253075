package io.urubu.starter.run;

import io.urubu.protocol.run.v1.InputFile;
import io.urubu.starter.scratch.RunFolders;
import io.urubu.starter.scratch.ScratchName;
import io.urubu.starter.scratch.TopFiles;
import io.urubu.starter.shadowlink.InputTransfer;
import io.urubu.starter.shadowlink.LinkClosedException;
import io.urubu.starter.shadowlink.ShadowLink;
import io.urubu.starter.shadowlink.TransferException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Lays down a run's inputs, a few at a time. */
final class InputWork {
  private static final int AT_ONCE = 4;

  private final RunFolders folders;
  private final ShadowLink link;

  InputWork(RunFolders folders, ShadowLink link) {
    this.folders = folders;
    this.link = link;
  }

  /**
   * @return the top of the scratch folder when all is there
   * @throws IOException when this machine cannot take them: its disk is full, for one
   */
  TopFiles lay(List<InputFile> inputs, JobProgram job, RunOrder order)
      throws IOException, TransferException, LinkClosedException, InterruptedException {
    // Of two with one path the later would replace the earlier.
    Map<String, InputFile> fileByPath = new LinkedHashMap<>();
    for (InputFile input : inputs) {
      if (input.getKind() == InputFile.Kind.KIND_DIRECTORY) {
        folders.makeFolder(name(input));
      } else {
        fileByPath.put(input.getPath(), input);
      }
    }
    fetch(List.copyOf(fileByPath.values()));
    for (InputFile input : inputs) {
      if (input.getKind() == InputFile.Kind.KIND_DIRECTORY) {
        // The job's own account fills it and must be able to clean it.
        folders.setMode(name(input), input.getMode() | 0700);
      }
    }
    folders.write(JobProgram.JOB_AD, order.jobAd().toLines());
    folders.write(JobProgram.MACHINE_AD, job.machineAd().toLines());
    return folders.top();
  }

  private void fetch(List<InputFile> files)
      throws IOException, TransferException, LinkClosedException, InterruptedException {
    List<Callable<Void>> calls = new ArrayList<>();
    for (InputFile file : files) {
      calls.add(
          () -> {
            fetch(file);
            return null;
          });
    }
    try (ExecutorService executor =
        Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().name("input").factory())) {
      for (Future<Void> done : executor.invokeAll(calls)) {
        done.get();
      }
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException cause -> throw cause;
        case TransferException cause -> throw cause;
        case LinkClosedException cause -> throw cause;
        case null, default -> throw new IllegalStateException(e.getCause());
      }
    }
  }

  private void fetch(InputFile input)
      throws IOException, TransferException, LinkClosedException, InterruptedException {
    ScratchName name = name(input);
    try (FileChannel file = folders.openInput(name)) {
      new InputTransfer(link).fetch(input, file);
    }
    folders.setMode(name, input.getMode());
  }

  private static ScratchName name(InputFile input) throws IOException {
    try {
      return ScratchName.of(input.getPath());
    } catch (IllegalArgumentException e) {
      throw new IOException("the shadow named an input that no scratch folder can have", e);
    }
  }
}
