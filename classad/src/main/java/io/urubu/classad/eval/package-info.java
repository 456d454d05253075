/** The planned program, its values, scopes and limits. */
@NullMarked
package io.urubu.classad.eval;

import org.jspecify.annotations.NullMarked;
