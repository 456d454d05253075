/** The service that schedds call. */
@NullMarked
package io.urubu.matchmaker.negotiate;

import org.jspecify.annotations.NullMarked;
