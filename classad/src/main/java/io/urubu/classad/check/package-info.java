/** Finds what parses and yet cannot be meant. */
@NullMarked
package io.urubu.classad.check;

import org.jspecify.annotations.NullMarked;
