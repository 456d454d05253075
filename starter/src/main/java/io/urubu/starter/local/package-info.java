/** The socket over which the startd commands the starter. */
@NullMarked
package io.urubu.starter.local;

import org.jspecify.annotations.NullMarked;
