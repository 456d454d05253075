package io.urubu.starter.sandbox;

/** The signals that the starter sends; their numbers are the same on every machine it runs on. */
enum Signal {
  KILL(9),
  TERM(15),
  CONT(18),
  STOP(19);

  private final int number;

  Signal(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }
}
