package io.urubu.matchmaker.collector;

import java.time.Duration;
import java.util.Optional;

/**
 * What stands between a slot's ad and its being matched: a slot that was given away still says
 * Unclaimed until its startd has heard of it. Times are nanoseconds of the book's ticker.
 *
 * <p>A slot whose matches come to nothing rests a little longer each time, so that two sides that
 * do not agree cannot keep the matchmaker busy.
 */
sealed interface Promise {

  /** The ad alone decides. */
  record None(int failures) implements Promise {}

  /** Given to a user; it becomes a claim before the deadline, or was in vain. */
  record Given(String user, long deadline, int failures) implements Promise {}

  /** The last match became no claim. */
  record Resting(long until, int failures) implements Promise {}

  Duration FIRST_REST = Duration.ofMillis(50);
  int MAX_DOUBLINGS = 10;

  /** The number of matches in a row that became no claim. */
  int failures();

  static Promise none() {
    return new None(0);
  }

  /** The state of this promise at a time: promises end by themselves. */
  default Promise at(long now) {
    return switch (this) {
      case Given(_, var deadline, var failures) when deadline - now <= 0 -> new None(failures + 1);
      case Resting(var until, var failures) when until - now <= 0 -> new None(failures);
      case None _, Given _, Resting _ -> this;
    };
  }

  /** The promise after the startd said in which state the slot is. */
  default Promise said(MachineState state, long now, Duration longestRest) {
    return switch (state) {
      case CLAIMED -> none();
      case MATCHED -> this;
      case OTHER -> new None(failures());
      case UNCLAIMED ->
          switch (this) {
            case Given(_, _, var failures) ->
                new Resting(now + rest(failures, longestRest).toNanos(), failures + 1);
            case None _, Resting _ -> this;
          };
    };
  }

  private static Duration rest(int failures, Duration longest) {
    Duration rest = FIRST_REST.multipliedBy(1L << Math.min(failures, MAX_DOUBLINGS));
    return rest.compareTo(longest) < 0 ? rest : longest;
  }

  /** When it ends by itself. */
  default Optional<Long> endsAt() {
    return switch (this) {
      case None _ -> Optional.empty();
      case Given(_, var deadline, _) -> Optional.of(deadline);
      case Resting(var until, _) -> Optional.of(until);
    };
  }
}
