/** Whole pools of real processes: what a user, an owner and an attacker meet. */
@NullMarked
package io.urubu.pool;

import org.jspecify.annotations.NullMarked;
