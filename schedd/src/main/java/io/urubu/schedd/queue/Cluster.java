package io.urubu.schedd.queue;

import io.urubu.classad.ClassAd;
import java.time.Instant;

/**
 * What the jobs of one submission share; kept once.
 *
 * @param schedd the schedd's name, part of the jobs' global ids
 * @param owner the account that submitted
 * @param user {@code owner@domain}
 * @param jobs how many jobs were submitted: procs 0 to jobs - 1
 * @param template strings that give an attribute's expression per job, with {@code $(Cluster)} and
 *     {@code $(Process)}
 */
public record Cluster(
    String schedd,
    int number,
    String owner,
    String user,
    int jobs,
    ClassAd ad,
    ClassAd template,
    Instant submitted) {}
