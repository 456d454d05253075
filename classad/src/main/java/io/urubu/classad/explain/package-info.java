/** Why an expression is true, false, undefined or an error in an ad, or in two that meet. */
@NullMarked
package io.urubu.classad.explain;

import org.jspecify.annotations.NullMarked;
