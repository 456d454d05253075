package io.urubu.schedd.rest;

import io.urubu.classad.ClassAd;
import io.urubu.command.PoolException;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * What the API shows.
 *
 * @param live jobs in the queue, in the order of their ids
 * @param ended jobs that left it, newest first
 * @param machines in the order of their names
 */
public record RestSources(Jobs live, Jobs ended, Machines machines) {

  /**
   * A question about jobs.
   *
   * @param account who asks
   * @param isAdministrator sees everybody's jobs; others only their own
   * @param id cluster.proc; when empty, all
   * @param constraint a ClassAd expression
   */
  public record Question(
      String account, boolean isAdministrator, Optional<String> id, Optional<String> constraint) {}

  /** Where job ads come from. */
  @FunctionalInterface
  public interface Jobs {
    /** Hands in ads until there is none left or the reader returns false. */
    void read(Question question, Predicate<ClassAd> reader) throws PoolException;
  }

  /** Where machine ads come from. */
  @FunctionalInterface
  public interface Machines {
    void read(String constraint, Consumer<ClassAd> reader) throws PoolException;
  }
}
