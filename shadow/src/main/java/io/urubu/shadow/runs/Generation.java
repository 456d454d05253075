package io.urubu.shadow.runs;

/**
 * A checkpoint of a job that lies whole in the user's store.
 *
 * @param number within the job, from 1
 * @param run in which it was taken
 * @param platform where it can be restarted; empty: anywhere
 * @param cutAt seconds since 1970
 * @param recipe hash of the store's list of its files
 */
public record Generation(
    int number, int run, String backend, String platform, long bytes, long cutAt, Sha256 recipe) {}
