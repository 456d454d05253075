/** How long a job still gets CPU time after its workstation's owner has touched the keyboard. */
@NullMarked
package io.urubu.benchmarks.owner;

import org.jspecify.annotations.NullMarked;
