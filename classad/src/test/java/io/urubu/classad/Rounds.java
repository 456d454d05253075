package io.urubu.classad;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * How often random tests try, and from which seed: {@code SEED=} in the environment replays a run,
 * the system property {@code urubu.rounds} makes it that many times as long.
 */
final class Rounds {
  private static final long SEED = given();

  private Rounds() {}

  private static long given() {
    String given = System.getenv("SEED");
    return given == null ? System.nanoTime() : Long.parseLong(given);
  }

  /** The seed of this run. */
  static long seed() {
    return SEED;
  }

  /** So many rounds in the normal build. */
  static int of(int quick) {
    return Math.multiplyExact(quick, Integer.getInteger("urubu.rounds", 1));
  }

  /** The random numbers of one round, which need no others to be replayed. */
  static RandomGenerator random(int round) {
    return new SplittableRandom(SEED + 0x9E3779B97F4A7C15L * round);
  }

  /** What to say about a failure, and at the beginning. */
  static String name(int round) {
    return "SEED=" + SEED + " round " + round;
  }

  static void announce(String test, int rounds) {
    System.out.println("SEED=" + SEED + " " + test + ", " + rounds + " rounds");
  }
}
