/** Syntax tree to program: names resolved to keys, calls to functions, chains made flat. */
@NullMarked
package io.urubu.classad.plan;

import org.jspecify.annotations.NullMarked;
