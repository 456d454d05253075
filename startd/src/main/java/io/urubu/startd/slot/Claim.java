package io.urubu.startd.slot;

import io.urubu.identity.Secret;
import java.time.Duration;

/**
 * A user's right to a slot, held through one schedd.
 *
 * @param address where the schedd listened when the claim was made
 * @param user {@code name@domain}
 * @param secret names the claim to the schedd; never shown
 * @param lease how long the slot is kept while the schedd is silent
 */
public record Claim(String schedd, String address, String user, Secret secret, Duration lease) {}
