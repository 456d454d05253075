/** The functions of the language, by name. */
@NullMarked
package io.urubu.classad.function;

import org.jspecify.annotations.NullMarked;
