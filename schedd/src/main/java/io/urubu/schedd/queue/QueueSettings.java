package io.urubu.schedd.queue;

import java.time.Duration;
import java.time.ZoneId;
import java.util.function.Supplier;

/**
 * What the queue must know beside its jobs.
 *
 * @param schedd the schedd's name
 * @param userDomain follows the {@code @} of a user
 * @param address {@code host:port} that event 000 names; known when the queue starts
 * @param zone of the event log's times
 * @param maxJobsPerSubmission most jobs of one cluster
 * @param maxJobsPerOwner most jobs that one owner may have in the queue
 * @param answerLimit how long a person waits for an answer while the database is away
 */
public record QueueSettings(
    String schedd,
    String userDomain,
    Supplier<String> address,
    ZoneId zone,
    int maxJobsPerSubmission,
    int maxJobsPerOwner,
    Duration answerLimit) {}
