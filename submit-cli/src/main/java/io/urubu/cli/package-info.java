/** The urubu command. */
@NullMarked
package io.urubu.cli;

import org.jspecify.annotations.NullMarked;
