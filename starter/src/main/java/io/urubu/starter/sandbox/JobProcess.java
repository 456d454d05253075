package io.urubu.starter.sandbox;

/**
 * One process in a sandbox that is not the sandbox's own.
 *
 * @param pid as it is known within
 * @param name of its program, as the kernel cuts it
 * @param isOrphan it has no parent but the sandbox itself
 * @param memoryBytes resident or swapped out
 */
public record JobProcess(long pid, String name, boolean isOrphan, long memoryBytes) {}
