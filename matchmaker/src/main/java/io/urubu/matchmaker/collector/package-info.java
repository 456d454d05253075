/** What the pool says of itself now: machines that are offered, jobs that wait. Soft state only. */
@NullMarked
package io.urubu.matchmaker.collector;

import org.jspecify.annotations.NullMarked;
