/** A run's folders: laid out, collected and removed without following links. */
@NullMarked
package io.urubu.starter.scratch;

import org.jspecify.annotations.NullMarked;
