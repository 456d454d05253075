/** The stream to the matchmaker: the machine's ads up, matches down. */
@NullMarked
package io.urubu.startd.advertise;

import org.jspecify.annotations.NullMarked;
