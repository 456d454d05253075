package io.urubu.shadow.transfer;

import io.urubu.checkpoint.StagedFile;
import io.urubu.checkpoint.StoreException;
import io.urubu.checkpoint.UnfitException;
import io.urubu.shadow.runs.Sha256;
import java.nio.ByteBuffer;

/** One file of a checkpoint on its way into the store. */
record CheckpointIntake(StagedFile file) implements Intake {

  @Override
  public void write(ByteBuffer bytes) throws StoreException {
    file.write(bytes);
  }

  @Override
  public void settle() throws StoreException {
    file.settle();
  }

  @Override
  public void finish(long saidSize, Sha256 saidSha256) throws RefusedException, StoreException {
    try {
      file.finish(saidSize, saidSha256.toString());
    } catch (UnfitException e) {
      throw new RefusedException(e.reason());
    }
  }

  @Override
  public void abort() {
    file.abort();
  }
}
