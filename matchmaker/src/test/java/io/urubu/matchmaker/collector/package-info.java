/** Tests of the collector. */
@NullMarked
package io.urubu.matchmaker.collector;

import org.jspecify.annotations.NullMarked;
