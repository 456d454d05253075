/** Decides who gets which slot, and carries it out. */
@NullMarked
package io.urubu.matchmaker.negotiator;

import org.jspecify.annotations.NullMarked;
