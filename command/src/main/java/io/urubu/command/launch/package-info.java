/** How a process of the pool is started by another. */
@NullMarked
package io.urubu.command.launch;

import org.jspecify.annotations.NullMarked;
