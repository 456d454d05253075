/** Commands about the pool as a whole: its daemons, its machines, access to it. */
@NullMarked
package io.urubu.cli.status;

import org.jspecify.annotations.NullMarked;
