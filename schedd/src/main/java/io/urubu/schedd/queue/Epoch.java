package io.urubu.schedd.queue;

/**
 * This schedd's hold on its rows, and its counters.
 *
 * @param number another schedd that took over has a higher one
 * @param batch the last transaction that is known to be durable
 */
record Epoch(String schedd, long number, long batch, int nextCluster, long nextEvent) {}
