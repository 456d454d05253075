/**
 * The life of a job's run at the shadow, as a pure decider: which run has rights, and how it ends.
 */
@NullMarked
package io.urubu.shadow.runs;

import org.jspecify.annotations.NullMarked;
