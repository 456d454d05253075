package io.urubu.starter.shadowlink;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Takes the bytes of one file in order. */
public interface Sink {
  /** How many it has. */
  long position() throws IOException;

  void write(ByteBuffer data) throws IOException;

  /** Forgets what it has. */
  void restart() throws IOException;
}
