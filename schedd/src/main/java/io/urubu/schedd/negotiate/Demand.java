package io.urubu.schedd.negotiate;

import io.urubu.classad.ClassAd;

/**
 * How many jobs of one autocluster wait.
 *
 * @param idle jobs for which no match is under way
 * @param priority the highest among them
 */
public record Demand(String user, long autocluster, ClassAd ad, int idle, int priority) {}
