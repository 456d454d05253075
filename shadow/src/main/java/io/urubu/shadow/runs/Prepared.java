package io.urubu.shadow.runs;

import io.urubu.classad.ClassAd;
import io.urubu.protocol.id.RunRef;

/**
 * A generation that is durable here, and counts when the schedd has recorded it.
 *
 * @param taken by which number the run's starter calls it
 * @param ad for the schedd: usage up to the cut
 */
public record Prepared(RunRef run, int taken, Generation generation, ClassAd ad) {}
