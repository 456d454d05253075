package io.urubu.startd.slot;

import io.urubu.classad.ClassAd;
import io.urubu.identity.Secret;
import io.urubu.protocol.id.RunRef;

/**
 * A run that the schedd wants on the slot, with all that its starter needs.
 *
 * @param ticket opens this run at the shadow and nothing else; never shown
 */
public record Activation(RunRef run, ClassAd jobAd, Endpoint shadow, Secret ticket) {}
