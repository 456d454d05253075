package io.urubu.shadow.transfer;

import io.urubu.checkpoint.StoreException;
import io.urubu.shadow.runs.Sha256;
import java.nio.ByteBuffer;

/** Takes the bytes of one file that comes from a starter; one thread at a time. */
public interface Intake {

  /**
   * Takes the next bytes.
   *
   * @throws FaultException when the user's disk or limit has no room for them
   * @throws StoreException when the checkpoint store has none
   */
  void write(ByteBuffer bytes) throws FaultException, StoreException;

  /** May make durable what came, which takes a while; nobody waits for it to close the run. */
  default void settle() throws StoreException {}

  /**
   * The file is whole; it is durable on return.
   *
   * @throws RefusedException when it is not what the starter says it is
   */
  void finish(long saidSize, Sha256 saidSha256)
      throws RefusedException, FaultException, StoreException;

  /** Nothing of a file that is not finished stays. May be called more than once. */
  void abort();
}
