/**
 * What one slot of a workstation is doing, and the pure function that decides what it does next. No
 * thread, clock, file or network: those are the agent's.
 */
@NullMarked
package io.urubu.startd.slot;

import org.jspecify.annotations.NullMarked;
