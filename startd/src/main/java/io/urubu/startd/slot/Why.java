package io.urubu.startd.slot;

/**
 * Why a run is ended.
 *
 * @param code one word, for counting
 * @param text for people
 */
public record Why(String code, String text) {
  public static final String OWNER_RETURNED = "OwnerReturned";
  public static final String STARTD_STOPPED = "StartdStopped";
  public static final String CLAIM_RELEASED = "ClaimReleased";
  public static final String LEASE_EXPIRED = "LeaseExpired";
  public static final String STARTER_FAILED = "StarterFailed";
}
