/** The schedd as a process. */
@NullMarked
package io.urubu.schedd;

import org.jspecify.annotations.NullMarked;
