/** The agent of each slot: stores what its decider decided, then carries it out. */
@NullMarked
package io.urubu.startd.agent;

import org.jspecify.annotations.NullMarked;
