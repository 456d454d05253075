package io.urubu.checkpoint;

/**
 * Where a checkpoint comes from.
 *
 * @param run the job's run in which it was taken
 * @param platform where it can be restarted; empty: anywhere
 * @param at seconds since 1970
 */
public record Cut(int run, String backend, String platform, long at) {}
