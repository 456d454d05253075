/** The queue: the jobs of this schedd, their life, and how PostgreSQL keeps them. */
@NullMarked
package io.urubu.schedd.queue;

import org.jspecify.annotations.NullMarked;
