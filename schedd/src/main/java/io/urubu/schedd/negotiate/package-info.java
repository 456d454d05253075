/** What waits for a machine, told to the matchmaker. */
@NullMarked
package io.urubu.schedd.negotiate;

import org.jspecify.annotations.NullMarked;
