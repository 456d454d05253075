package io.urubu.starter.run;

import io.urubu.protocol.run.v1.InputFile;
import io.urubu.starter.scratch.RunFolders;
import io.urubu.starter.scratch.ScratchName;
import io.urubu.starter.shadowlink.InputTransfer;
import io.urubu.starter.shadowlink.LinkClosedException;
import io.urubu.starter.shadowlink.ShadowLink;
import io.urubu.starter.shadowlink.Sink;
import io.urubu.starter.shadowlink.TransferException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Lays down a run's inputs, a few at a time. */
final class InputWork {
  private final RunFolders folders;
  private final ShadowLink link;

  InputWork(RunFolders folders, ShadowLink link) {
    this.folders = folders;
    this.link = link;
  }

  /**
   * Returns when all is there.
   *
   * @throws IOException when this machine cannot take them: its disk is full, for one
   */
  void lay(List<InputFile> inputs)
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
  }

  private void fetch(List<InputFile> files)
      throws IOException, TransferException, LinkClosedException, InterruptedException {
    List<Abreast.Work> all = new ArrayList<>();
    files.forEach(file -> all.add(() -> fetch(file)));
    Abreast.run(all);
  }

  private void fetch(InputFile input)
      throws IOException, TransferException, LinkClosedException, InterruptedException {
    ScratchName name = name(input);
    try (FileChannel file = folders.openInput(name)) {
      new InputTransfer(link).fetch(InputTransfer.Wanted.input(input), new PlainSink(file));
    }
    folders.setMode(name, input.getMode());
  }

  private record PlainSink(FileChannel file) implements Sink {
    @Override
    public long position() throws IOException {
      return file.position();
    }

    @Override
    public void write(ByteBuffer data) throws IOException {
      while (data.hasRemaining()) {
        file.write(data);
      }
    }

    @Override
    public void restart() throws IOException {
      file.truncate(0).position(0);
    }
  }

  private static ScratchName name(InputFile input) throws IOException {
    try {
      return ScratchName.of(input.getPath());
    } catch (IllegalArgumentException e) {
      throw new IOException("the shadow named an input that no scratch folder can have", e);
    }
  }
}
