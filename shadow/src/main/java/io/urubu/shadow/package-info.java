/** The shadow: serves its user's running jobs with that user's rights only. */
@NullMarked
package io.urubu.shadow;

import org.jspecify.annotations.NullMarked;
