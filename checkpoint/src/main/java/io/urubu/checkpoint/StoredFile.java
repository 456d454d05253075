package io.urubu.checkpoint;

/**
 * One file of a checkpoint.
 *
 * @param name as the starter calls it: one name without a slash
 * @param sha256 of its content, in lower-case hexadecimal
 */
public record StoredFile(String name, long size, String sha256) {}
