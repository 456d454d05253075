/** The shadows of this schedd's users: started, attached, renewed. */
@NullMarked
package io.urubu.schedd.shadows;

import org.jspecify.annotations.NullMarked;
