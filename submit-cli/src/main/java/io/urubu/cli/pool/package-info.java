/** A personal pool: all daemons on one host, started, shown and stopped by one command each. */
@NullMarked
package io.urubu.cli.pool;

import org.jspecify.annotations.NullMarked;
