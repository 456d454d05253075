/** Slots that startds have offered to this schedd, over their streams. */
@NullMarked
package io.urubu.schedd.claim;

import org.jspecify.annotations.NullMarked;
