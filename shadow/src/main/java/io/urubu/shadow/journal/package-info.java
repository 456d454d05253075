/** The shadow's own fsynced record of runs, and the lock that keeps a second shadow away. */
@NullMarked
package io.urubu.shadow.journal;

import org.jspecify.annotations.NullMarked;
