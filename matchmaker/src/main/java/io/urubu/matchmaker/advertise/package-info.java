/** The service that startds call. */
@NullMarked
package io.urubu.matchmaker.advertise;

import org.jspecify.annotations.NullMarked;
