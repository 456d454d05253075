/**
 * The matchmaker: it knows what machines are offered and which jobs wait, and brings them together
 * in fair shares.
 */
@NullMarked
package io.urubu.matchmaker;

import org.jspecify.annotations.NullMarked;
