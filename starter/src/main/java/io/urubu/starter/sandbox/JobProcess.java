package io.urubu.starter.sandbox;

/**
 * One process in a sandbox that is not the sandbox's own.
 *
 * @param pid as it is known within
 * @param name of its program, as the kernel cuts it
 * @param isSavable the library that saves the job is loaded in it
 * @param startTicks when it was born, in ticks of 10 ms since the machine was started
 * @param childFaults page faults of the children that it waited for: grows with each of them
 * @param memoryBytes resident or swapped out
 */
public record JobProcess(
    long pid,
    String name,
    boolean isSavable,
    long startTicks,
    long childFaults,
    long memoryBytes) {}
