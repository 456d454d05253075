/** The stream to the schedd, and the lease that comes with it. */
@NullMarked
package io.urubu.shadow.schedlink;

import org.jspecify.annotations.NullMarked;
