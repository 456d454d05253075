/** What the matchmaker's streams share: bounded sending, the patience for a greeting. */
@NullMarked
package io.urubu.matchmaker.stream;

import org.jspecify.annotations.NullMarked;
