/** Finds, among many ads, those that can meet the part of a constraint that an index answers. */
@NullMarked
package io.urubu.classad.index;

import org.jspecify.annotations.NullMarked;
