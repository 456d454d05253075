/** Tests of the negotiator. */
@NullMarked
package io.urubu.matchmaker.negotiator;

import org.jspecify.annotations.NullMarked;
