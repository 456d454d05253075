package io.urubu.starter.run;

import com.google.protobuf.ByteString;
import io.urubu.protocol.run.v1.CheckpointFile;
import io.urubu.protocol.run.v1.Restore;
import io.urubu.starter.scratch.GenerationFiles;
import io.urubu.starter.scratch.RunFolders;
import io.urubu.starter.shadowlink.InputTransfer;
import io.urubu.starter.shadowlink.LinkClosedException;
import io.urubu.starter.shadowlink.ShadowLink;
import io.urubu.starter.shadowlink.Sink;
import io.urubu.starter.shadowlink.TransferException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;

/** Fetches the files of a checkpoint and makes sure that they are what was stored. */
final class GenerationFetch {
  private final RunFolders folders;
  private final ShadowLink link;

  GenerationFetch(RunFolders folders, ShadowLink link) {
    this.folders = folders;
    this.link = link;
  }

  /** The bytes are not those that were stored. */
  static final class DamagedException extends IOException {
    private static final long serialVersionUID = 1L;

    DamagedException(String message) {
      super(message);
    }
  }

  /** Returns when all are there and right; their folder is empty before. */
  void fetch(Restore restore)
      throws IOException, TransferException, LinkClosedException, InterruptedException {
    List<Abreast.Work> all = new ArrayList<>();
    for (int i = 0; i < restore.getFilesCount(); i++) {
      int index = i;
      all.add(() -> fetch(restore.getGeneration(), index, restore.getFiles(index)));
    }
    Abreast.run(all);
  }

  private void fetch(int generation, int index, CheckpointFile file)
      throws IOException, TransferException, LinkClosedException, InterruptedException {
    InputTransfer.Wanted wanted =
        new InputTransfer.Wanted("'" + file.getName() + "'", index, generation, file.getSize());
    try (FileChannel into =
        GenerationFiles.create(folders.generation(Preparation.RESTORED), file.getName())) {
      HashingSink sink = new HashingSink(into);
      new InputTransfer(link).fetch(wanted, sink);
      if (!sink.hash().equals(file.getSha256())) {
        throw new DamagedException(
            "the bytes of '%s' are not those that were stored".formatted(file.getName()));
      }
    }
  }

  private static final class HashingSink implements Sink {
    private final FileChannel file;
    private final MessageDigest digest = sha256();

    HashingSink(FileChannel file) {
      this.file = file;
    }

    @Override
    public long position() throws IOException {
      return file.position();
    }

    @Override
    public void write(ByteBuffer data) throws IOException {
      digest.update(data.duplicate());
      while (data.hasRemaining()) {
        file.write(data);
      }
    }

    @Override
    public void restart() throws IOException {
      file.truncate(0).position(0);
      digest.reset();
    }

    ByteString hash() {
      return ByteString.copyFrom(digest.digest());
    }

    private static MessageDigest sha256() {
      try {
        return MessageDigest.getInstance("SHA-256");
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every Java runtime has SHA-256", e);
      }
    }
  }
}
