/** Whole files in both directions: what a job needs, and what it leaves behind. */
@NullMarked
package io.urubu.shadow.transfer;

import org.jspecify.annotations.NullMarked;
