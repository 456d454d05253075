/**
 * One user's store of checkpoints: whole generations of files, each verified against its recipe,
 * never half of one.
 */
@NullMarked
package io.urubu.checkpoint;

import org.jspecify.annotations.NullMarked;
