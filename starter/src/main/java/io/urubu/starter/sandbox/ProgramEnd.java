package io.urubu.starter.sandbox;

/** How a program in a sandbox came to its end. */
public sealed interface ProgramEnd {
  /** It ended by itself. */
  record Exited(int code) implements ProgramEnd {}

  /** A signal ended it. */
  record Signalled(int signal) implements ProgramEnd {}

  /** It never ran, and would not on a machine like this one. */
  record Unstarted(String reason) implements ProgramEnd {}

  /** The sandbox did not come up or was destroyed from outside: nothing is known of the program. */
  record Broken(String reason) implements ProgramEnd {}
}
