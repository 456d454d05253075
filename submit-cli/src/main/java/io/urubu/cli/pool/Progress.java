package io.urubu.cli.pool;

/** Told of each step, in words for a person. */
@FunctionalInterface
interface Progress {
  void step(String what);
}
