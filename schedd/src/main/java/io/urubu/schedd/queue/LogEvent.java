package io.urubu.schedd.queue;

import io.urubu.protocol.id.JobId;
import java.time.Instant;

/**
 * One entry of a job's event log.
 *
 * @param kind HTCondor's number
 * @param path of the log; empty when the user wants none
 * @param text as it is to stand there
 */
record LogEvent(
    long sequence, JobId job, int kind, Instant at, String owner, String path, String text) {}
