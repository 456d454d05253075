/** The job event log, read as it grows: nothing of the pool is asked. */
@NullMarked
package io.urubu.cli.eventlog;

import org.jspecify.annotations.NullMarked;
