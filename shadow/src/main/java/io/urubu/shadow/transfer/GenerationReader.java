package io.urubu.shadow.transfer;

import io.urubu.checkpoint.DamagedException;
import io.urubu.checkpoint.PartReader;
import io.urubu.checkpoint.StoreException;
import io.urubu.checkpoint.StoredGeneration;
import java.io.IOException;

/** Reads one file of the checkpoint from which a run goes on. */
public record GenerationReader(PartReader part) implements Supply {

  /** From an offset on, which may lie behind the end. */
  public static Supply open(StoredGeneration generation, int index, long offset)
      throws StoreException, DamagedException {
    return new GenerationReader(generation.read(index, offset));
  }

  @Override
  public byte[] next() throws StoreException, DamagedException {
    return part.next();
  }

  @Override
  public void close() throws IOException {
    part.close();
  }
}
