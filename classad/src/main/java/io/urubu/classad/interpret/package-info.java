/** The reference meaning of the language: trees evaluated by walking them. */
@NullMarked
package io.urubu.classad.interpret;

import org.jspecify.annotations.NullMarked;
