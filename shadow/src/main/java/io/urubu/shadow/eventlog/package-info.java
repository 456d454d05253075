/** The user's event logs: each text appended once, whatever crashed in between. */
@NullMarked
package io.urubu.shadow.eventlog;

import org.jspecify.annotations.NullMarked;
