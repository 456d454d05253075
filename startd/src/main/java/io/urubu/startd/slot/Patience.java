package io.urubu.startd.slot;

import java.time.Duration;

/**
 * How long the slot waits for others.
 *
 * @param match for the schedd's answer to a ticket
 * @param start for the starter's answer to a run, its own start included
 * @param vacate for a run that was asked to end by itself
 * @param kill for a run that was killed; then for a starter that was killed
 * @param repeat until an unacknowledged word is said again
 * @param upload for a checkpoint of a job that has left memory
 * @param lastUpload for such a checkpoint when the daemon goes down
 */
public record Patience(
    Duration match,
    Duration start,
    Duration vacate,
    Duration kill,
    Duration repeat,
    Duration upload,
    Duration lastUpload) {}
