@NullMarked
package io.urubu.schedd.eventlog;

import org.jspecify.annotations.NullMarked;
