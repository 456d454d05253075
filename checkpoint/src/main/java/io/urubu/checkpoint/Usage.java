package io.urubu.checkpoint;

/** What lies in a store. */
public record Usage(long generations, long bytes) {}
