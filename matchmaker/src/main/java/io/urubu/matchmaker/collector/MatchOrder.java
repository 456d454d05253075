package io.urubu.matchmaker.collector;

import io.urubu.classad.ClassAd;
import io.urubu.identity.Secret;

/**
 * A slot given to a user's autocluster: what both sides are told.
 *
 * @param ticket opens exactly one claim
 * @param claimAddress host:port where the schedd accepts claims
 */
public record MatchOrder(
    Secret ticket, String slot, ClassAd machineAd, DemandKey demand, String claimAddress) {}
