/** A bounded memory of immutable things that many ads have in common. */
@NullMarked
package io.urubu.classad.intern;

import org.jspecify.annotations.NullMarked;
