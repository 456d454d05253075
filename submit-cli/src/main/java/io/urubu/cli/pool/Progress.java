package io.urubu.cli.pool;

import java.io.PrintWriter;

/** Told of each step, in words for a person. */
@FunctionalInterface
public interface Progress {
  void step(String what);

  /** Prints each step as a line, at once. */
  static Progress to(PrintWriter err) {
    return what -> {
      err.println(what);
      err.flush();
    };
  }
}
