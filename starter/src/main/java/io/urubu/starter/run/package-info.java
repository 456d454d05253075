/** The life of one run: a pure decider and the shell that carries its actions out. */
@NullMarked
package io.urubu.starter.run;

import org.jspecify.annotations.NullMarked;
