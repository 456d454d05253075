/** The life of a process of the pool: start, readiness, commands, log, orderly stop. */
@NullMarked
package io.urubu.daemon.process;

import org.jspecify.annotations.NullMarked;
