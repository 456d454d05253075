/** How fast ads are read, evaluated, matched and searched, and what they weigh. */
@NullMarked
package io.urubu.benchmarks.classad;

import org.jspecify.annotations.NullMarked;
