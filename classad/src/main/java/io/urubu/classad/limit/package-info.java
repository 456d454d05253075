/** How much one text or one evaluation may take. */
@NullMarked
package io.urubu.classad.limit;

import org.jspecify.annotations.NullMarked;
