/** The processes of the workstation, as /proc shows them, and short-lived tools. */
@NullMarked
package io.urubu.startd.processes;

import org.jspecify.annotations.NullMarked;
