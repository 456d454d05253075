/** The stream of one claim to its schedd: dialled, kept alive, dialled again. */
@NullMarked
package io.urubu.startd.claim;

import org.jspecify.annotations.NullMarked;
