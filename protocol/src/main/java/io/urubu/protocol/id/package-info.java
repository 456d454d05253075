/** Ids of jobs and runs: one record each, strings only at the edge. */
@NullMarked
package io.urubu.protocol.id;

import org.jspecify.annotations.NullMarked;
