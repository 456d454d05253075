/** One end of a long-lived stream that a peer has dialled. */
@NullMarked
package io.urubu.schedd.line;

import org.jspecify.annotations.NullMarked;
