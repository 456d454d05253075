/** Tests of the matchmaker as a whole. */
@NullMarked
package io.urubu.matchmaker;

import org.jspecify.annotations.NullMarked;
