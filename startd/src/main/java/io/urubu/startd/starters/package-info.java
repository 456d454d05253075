/**
 * The starters of this workstation, one per user: spawned, adopted, spoken with, ended and swept.
 */
@NullMarked
package io.urubu.startd.starters;

import org.jspecify.annotations.NullMarked;
