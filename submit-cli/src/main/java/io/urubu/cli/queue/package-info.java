/** Commands about jobs: what is in the queue, what has left it, and what shall become of it. */
@NullMarked
package io.urubu.cli.queue;

import org.jspecify.annotations.NullMarked;
