/** Brings jobs, claims and shadows together. */
@NullMarked
package io.urubu.schedd.dispatch;

import org.jspecify.annotations.NullMarked;
