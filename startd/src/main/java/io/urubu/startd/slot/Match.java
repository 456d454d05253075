package io.urubu.startd.slot;

import io.urubu.identity.Secret;

/**
 * The matchmaker's word that a user of a schedd may claim the slot.
 *
 * @param ticket opens exactly one claim; never shown
 */
public record Match(String schedd, String address, String user, Secret ticket) {}
