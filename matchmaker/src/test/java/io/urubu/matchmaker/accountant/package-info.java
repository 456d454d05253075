/** Tests of the accountant. */
@NullMarked
package io.urubu.matchmaker.accountant;

import org.jspecify.annotations.NullMarked;
