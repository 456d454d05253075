package io.urubu.shadow.runs;

/** One connection of a starter for one run; never used twice in the life of the process. */
public record StreamId(long number) {}
