package io.urubu.matchmaker.accountant;

/**
 * How a user stands.
 *
 * @param user name@domain
 * @param realPriority slots in use, averaged with the pool's half-life
 * @param effectivePriority orders the users; the larger the worse
 * @param slotSeconds slots times seconds, ever
 */
public record UserPriority(
    String user, double realPriority, double effectivePriority, double slotSeconds) {}
