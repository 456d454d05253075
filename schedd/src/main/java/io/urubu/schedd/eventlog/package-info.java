/** The job event log as people and tools read it. */
@NullMarked
package io.urubu.schedd.eventlog;

import org.jspecify.annotations.NullMarked;
