/** The command that submits jobs, and the one that shows what is set. */
@NullMarked
package io.urubu.cli.submit;

import org.jspecify.annotations.NullMarked;
