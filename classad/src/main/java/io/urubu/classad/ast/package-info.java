/** The syntax tree: what was written, with its place in the text. */
@NullMarked
package io.urubu.classad.ast;

import org.jspecify.annotations.NullMarked;
