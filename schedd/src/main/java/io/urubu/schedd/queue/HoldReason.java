package io.urubu.schedd.queue;

/**
 * Why a job is held.
 *
 * @param code as HTCondor numbers them: 1 a person, 6 the program did not start, 12 output, 13
 *     input, 14 the initial directory
 */
public record HoldReason(int code, int subcode, String text) {}
