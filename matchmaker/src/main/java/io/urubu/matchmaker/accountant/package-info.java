/** Who used how much of the pool, and what priority that leaves. */
@NullMarked
package io.urubu.matchmaker.accountant;

import org.jspecify.annotations.NullMarked;
