/** The box in which a job runs: bubblewrap's command line, its processes, how the program ended. */
@NullMarked
package io.urubu.starter.sandbox;

import org.jspecify.annotations.NullMarked;
