package io.urubu.shadow.transfer;

import io.urubu.checkpoint.DamagedException;
import io.urubu.checkpoint.StoreException;
import java.io.IOException;

/** Gives the bytes of one file that a starter asked for; one thread at a time. */
public interface Supply extends AutoCloseable {

  /**
   * The next piece; empty at the end.
   *
   * @throws ChangedException when an input is not any more what was listed
   * @throws DamagedException when a checkpoint's file is not what was stored
   */
  byte[] next() throws FaultException, ChangedException, StoreException, DamagedException;

  @Override
  void close() throws IOException;
}
