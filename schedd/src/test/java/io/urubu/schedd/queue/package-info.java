@NullMarked
package io.urubu.schedd.queue;

import org.jspecify.annotations.NullMarked;
