/** The rules of the house, held by the build. */
@NullMarked
package io.urubu.architecture;

import org.jspecify.annotations.NullMarked;
