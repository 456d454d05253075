package io.urubu.starter.checkpoint;

/**
 * How a job will be saved.
 *
 * @param reason why it is not the first choice, for the log; empty when it is
 */
public record Choice(Backend backend, String reason) {}
