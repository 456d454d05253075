package io.urubu.schedd.queue;

/**
 * Why a run had to leave its machine.
 *
 * @param code one word, for counting; empty when nobody said
 * @param reason for people
 */
public record Departure(String code, String reason) {
  public static final String USER_COMMAND = "UserCommand";
  public static final String CLAIM_RELEASED = "ClaimReleased";
  public static final String LEASE_EXPIRED = "LeaseExpired";
  static final String STARTER_FAILED = "StarterFailed";
}
