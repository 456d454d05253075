/** How a job's memory and scratch are saved at one cut, and brought back: one backend per file. */
@NullMarked
package io.urubu.starter.checkpoint;

import org.jspecify.annotations.NullMarked;
