package io.urubu.matchmaker.collector;

/**
 * Names one line of demand.
 *
 * @param user name@domain
 * @param autocluster chosen by the schedd, unique among its own
 */
public record DemandKey(String schedd, String user, long autocluster) {}
