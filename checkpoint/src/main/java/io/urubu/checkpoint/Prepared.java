package io.urubu.checkpoint;

/**
 * A generation that lies durable and whole in the store.
 *
 * @param number within the job, from 1, never used twice
 * @param recipeSha256 in lower-case hexadecimal: by it the generation is known again
 */
public record Prepared(int number, long bytes, String recipeSha256) {}
