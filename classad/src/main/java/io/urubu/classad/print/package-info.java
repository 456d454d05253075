/** Syntax tree to text, in the forms that people, files and other programs read. */
@NullMarked
package io.urubu.classad.print;

import org.jspecify.annotations.NullMarked;
