/** A pool around one real startd process: a matchmaker and a schedd in the test, a fake starter. */
@NullMarked
package io.urubu.startd.pool;

import org.jspecify.annotations.NullMarked;
